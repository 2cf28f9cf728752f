using System.Text;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>One word of a configuration file: as it stands there, and as nginx reads it.</summary>
internal readonly struct NginxToken
{
    private readonly string _source;
    private readonly int _start;
    private readonly int _length;
    private readonly bool _escaped;

    internal NginxToken(string source, int start, int end, bool escaped, int line, int column)
    {
        _source = source;
        _start = start;
        _length = end - start;
        _escaped = escaped;
        Line = line;
        Column = column;
    }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the first character, from 1, in UTF-16 units.</summary>
    public int Column { get; }

    /// <summary>The word as written, with its quotes and escapes.</summary>
    public ReadOnlySpan<char> Raw => _source.AsSpan(_start, _length);

    /// <summary>Whether the word is in quotes.</summary>
    public bool IsQuoted => _length > 0 && _source[_start] is '"' or '\'';

    /// <summary>The word as nginx reads it: without quotes, escapes resolved; variables are not expanded.</summary>
    public string Value => _escaped ? Unescape(Content) : Content.ToString();

    /// <summary>Whether nginx reads the word as this text.</summary>
    public bool Is(ReadOnlySpan<char> text) => _escaped ? Value.AsSpan().SequenceEqual(text) : Content.SequenceEqual(text);

    /// <summary>The word without its quotes; escapes are still there.</summary>
    internal ReadOnlySpan<char> Content => IsQuoted ? Raw[1..^1] : Raw;

    /// <inheritdoc/>
    public override string ToString() => Raw.ToString();

    private static string Unescape(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                char? escape = text[i + 1] switch
                {
                    '"' or '\'' or '\\' => text[i + 1],
                    't' => '\t',
                    'r' => '\r',
                    'n' => '\n',
                    _ => null,
                };
                if (escape is { } character)
                {
                    result.Append(character);
                    i++;
                    continue;
                }
            }

            result.Append(text[i]);
        }

        return result.ToString();
    }
}
