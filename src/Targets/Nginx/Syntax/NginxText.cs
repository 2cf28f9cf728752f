using System.Text;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>An argument that mixes literal text and variables, where nginx expands variables.</summary>
internal sealed class NginxText
{
    private readonly StringBuilder _text = new();
    private string? _refusal;
    private bool _needsDollar;
    private bool _afterVariable;

    /// <summary>Appends text that is to arrive as it is.</summary>
    public NginxText Literal(ReadOnlySpan<char> text)
    {
        _refusal ??= NginxQuoting.Refuse(text);
        if (text.IsEmpty)
        {
            return this;
        }

        if (_afterVariable && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '_'))
        {
            EncloseVariable();
        }

        _afterVariable = false;
        int dollar;
        while ((dollar = text.IndexOf('$')) >= 0)
        {
            _text.Append(text[..dollar]).Append("${dollar}");
            _needsDollar = true;
            text = text[(dollar + 1)..];
        }

        _text.Append(text);
        return this;
    }

    /// <summary>Appends text of a header field's value, which can hold no control character but a tab.</summary>
    public NginxText HeaderLiteral(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c != '\t' && (c < ' ' || c == '\x7f'))
            {
                _refusal ??= "it has a control character, which a header field can't carry";
            }
        }

        return Literal(text);
    }

    /// <summary>Appends what is in nginx's own words already, and was checked: an address, or a variable.</summary>
    public NginxText Written(string text)
    {
        _text.Append(text);
        _afterVariable = text.Contains('$', StringComparison.Ordinal);
        return this;
    }

    /// <summary>Appends a variable, by its name without the dollar sign.</summary>
    public NginxText Variable(string name)
    {
        _text.Append('$').Append(name);
        _afterVariable = true;
        return this;
    }

    /// <summary>The argument.</summary>
    public NginxQuoted ToQuoted()
    {
        if (_refusal is not null)
        {
            return NginxQuoted.Refused(_refusal);
        }

        string text = _text.ToString();
        string word = IsBare(text) ? text : NginxQuoting.Quote(text);
        return Encoding.UTF8.GetByteCount(word) > NginxQuoting.MaxWordBytes
            ? NginxQuoted.Refused(NginxQuoting.TooLong)
            : NginxQuoted.Of(word, _needsDollar);
    }

    /// <summary>Only plain words stay without quotes: variables, names, numbers, paths and URLs.</summary>
    private static bool IsBare(string text)
    {
        foreach (char c in text)
        {
            if (
                !char.IsAsciiLetterOrDigit(c)
                && c is not ('$' or '_' or '-' or '.' or '/' or ':' or '=' or '%' or '?' or '&' or '@' or '*' or '+' or '~')
            )
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private void EncloseVariable()
    {
        int start = _text.Length;
        while (_text[start - 1] != '$')
        {
            start--;
        }

        _text.Insert(start, '{').Append('}');
    }
}
