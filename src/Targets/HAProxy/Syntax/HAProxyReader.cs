using System.Globalization;
using System.Text;

namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>
/// Cuts a configuration into lines and words by the rules of HAProxy's manual, section 2.2: quotes of both kinds, backslashes, comments,
/// and variables of the environment, which no output has.
/// </summary>
internal sealed class HAProxyReader
{
    /// <summary>The most words of a line.</summary>
    public const int MostWords = 64;

    private readonly List<HAProxyFinding> _findings = [];
    private readonly List<HAProxyWord> _words = [];
    private readonly StringBuilder _word = new();
    private string _text = "";
    private int _line;
    private int _at;

    private HAProxyReader() { }

    /// <summary>The lines of a text; what can't be read is added to the findings.</summary>
    public static IReadOnlyList<HAProxyLine> Read(string text, ICollection<HAProxyFinding> findings)
    {
        var reader = new HAProxyReader();
        var lines = new List<HAProxyLine>();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            reader.ReadLine(line, number);
            if (reader._words.Count > 0)
            {
                lines.Add(new HAProxyLine(number, [.. reader._words]));
            }
        }

        foreach (HAProxyFinding finding in reader._findings)
        {
            findings.Add(finding);
        }

        return lines;
    }

    private void ReadLine(string text, int number)
    {
        (_text, _line, _at) = (text, number, 0);
        _words.Clear();
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r')
            {
                _at++;
            }
            else if (text[_at] == '#')
            {
                return;
            }
            else
            {
                ReadWord();
            }
        }

        if (_words.Count > MostWords)
        {
            Report(_words[MostWords].Column - 1, $"a line has {MostWords} words at most");
        }
    }

    private void ReadWord()
    {
        int start = _at;
        char quote = '\0';
        _word.Clear();
        while (_at < _text.Length && (quote != '\0' || _text[_at] is not (' ' or '\t' or '\r' or '#')))
        {
            char c = _text[_at];
            if (c == quote)
            {
                quote = '\0';
                _at++;
            }
            else if (quote == '\0' && (c is '"' or '\''))
            {
                quote = c;
                _at++;
            }
            else if (c == '\\' && quote != '\'')
            {
                ReadEscape(quote);
            }
            else
            {
                if (c == '$' && quote == '"')
                {
                    Report(_at, "a '$' starts a variable of the environment: write \\$");
                }
                else if (c < ' ' && c != '\t')
                {
                    Report(_at, "a control character");
                }

                _word.Append(c);
                _at++;
            }
        }

        if (quote != '\0')
        {
            Report(start, "a quote that is never closed");
        }

        _words.Add(new HAProxyWord(_word.ToString(), start + 1));
    }

    // Others than these stay as they are, backslash included, so that a regex needs none twice.
    private void ReadEscape(char quote)
    {
        char next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        switch (next)
        {
            case '\\' or ' ' or '\t' or '#' or '"' or '\'':
            case '$' when quote == '"':
                Append(next, 2);
                break;
            case 'n' or 'r' or 't':
                Append(
                    next switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        _ => '\t',
                    },
                    2
                );
                break;
            case 'x' when _at + 3 < _text.Length && byte.TryParse(_text.AsSpan(_at + 2, 2), NumberStyles.HexNumber, null, out byte code):
                Append((char)code, 4);
                break;
            case 'x' or '\0':
                Report(_at, "a backslash that escapes nothing");
                _at++;
                break;
            default:
                Append('\\', 1);
                break;
        }
    }

    private void Append(char c, int length)
    {
        _word.Append(c);
        _at += length;
    }

    private void Report(int at, string message) => _findings.Add(new HAProxyFinding(_line, at + 1, message));
}
