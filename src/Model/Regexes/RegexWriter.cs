using System.Globalization;
using System.Text;

namespace Confgen.Model.Regexes;

/// <summary>
/// Writes a regex for an engine. What all engines read alike is left as the author wrote it; the rest is spelled out: the end of the
/// text, shorthands, ignored case, characters beyond ASCII.
/// </summary>
internal sealed class RegexWriter
{
    private readonly StringBuilder _text = new();
    private readonly RegexDialect _dialect;
    private readonly string? _groupPrefix;
    private readonly bool _flagIgnoresCase;

    private RegexWriter(RegexNode root, RegexDialect dialect, string? groupPrefix)
    {
        (_dialect, _groupPrefix) = (dialect, groupPrefix);
        var cases = new RegexCases();
        cases.Visit(root);

        // Go folds beyond ASCII: its (?i)s takes U+017F and its (?i)k U+212A, so there such letters are spelled out.
        _flagIgnoresCase = cases.AllIgnored && (dialect == RegexDialect.Pcre || (dialect == RegexDialect.Re2 && !cases.FoldsBeyondAscii));
    }

    public static string Write(RegexNode root, RegexDialect dialect, string? groupPrefix)
    {
        var writer = new RegexWriter(root, dialect, groupPrefix);
        if (writer._flagIgnoresCase)
        {
            writer._text.Append("(?i)");
        }

        writer.Append(root);
        return writer._text.ToString();
    }

    private void Append(RegexNode node)
    {
        switch (node)
        {
            case RegexLiteral literal:
                AppendLiteral(literal);
                break;
            case RegexClass set:
                AppendClass(set);
                break;
            case RegexAnyChar any:
                _text.Append(any.Newline ? "(?s:.)" : ".");
                break;
            case RegexAnchor anchor:
                _text.Append(
                    anchor.Kind switch
                    {
                        RegexAnchorKind.TextStart => "^",
                        RegexAnchorKind.TextEnd => _dialect == RegexDialect.Re2 ? "$" : @"\z",
                        RegexAnchorKind.WordBoundary => @"\b",
                        _ => @"\B",
                    }
                );
                break;
            case RegexGroup group:
                AppendGroup(group);
                break;
            case RegexRepeat repeat:
                AppendRepeat(repeat);
                break;
            case RegexSequence sequence:
                foreach (RegexNode item in sequence.Items)
                {
                    Append(item);
                }

                break;
            case RegexAlternation alternation:
                for (int i = 0; i < alternation.Branches.Count; i++)
                {
                    _text.Append(i == 0 ? "" : "|");
                    Append(alternation.Branches[i]);
                }

                break;
        }
    }

    private void AppendGroup(RegexGroup group)
    {
        if (group is { Number: 0, Body: RegexAnyChar { Newline: true } })
        {
            Append(group.Body); // which comes in parentheses of its own
            return;
        }

        if (group.Number == 0)
        {
            _text.Append("(?:");
        }
        else if (_groupPrefix is null)
        {
            _text.Append('(');
        }
        else
        {
            _text
                .Append(_dialect == RegexDialect.Re2 ? "(?P<" : "(?<")
                .Append(_groupPrefix)
                .Append(CultureInfo.InvariantCulture, $"{group.Number}>");
        }

        Append(group.Body);
        _text.Append(')');
    }

    private void AppendRepeat(RegexRepeat repeat)
    {
        // A character beyond ASCII is several bytes, and only a group repeats them all.
        bool bytes = repeat.Body is RegexLiteral { Char.IsAscii: false } && _dialect != RegexDialect.Re2;
        _text.Append(bytes ? "(?:" : "");
        Append(repeat.Body);
        _text.Append(bytes ? ")" : "");
        _text.Append(
            (repeat.Min, repeat.Max) switch
            {
                (0, null) => "*",
                (1, null) => "+",
                (0, 1) => "?",
                (int min, null) => string.Create(CultureInfo.InvariantCulture, $"{{{min},}}"),
                (int min, int max) when min == max => string.Create(CultureInfo.InvariantCulture, $"{{{min}}}"),
                (int min, int max) => string.Create(CultureInfo.InvariantCulture, $"{{{min},{max}}}"),
            }
        );
        _text.Append(repeat.Lazy ? "?" : "");
    }

    private void AppendLiteral(RegexLiteral literal)
    {
        if (!literal.Char.IsAscii)
        {
            AppendNonAscii(literal.Char);
            return;
        }

        char c = (char)literal.Char.Value;
        if (literal.IgnoreCase && !_flagIgnoresCase)
        {
            _text.Append('[').Append(char.ToUpperInvariant(c)).Append(char.ToLowerInvariant(c)).Append(']');
            return;
        }

        AppendCharacter(c, @"\.+*?()|[]{}^$");
    }

    private void AppendNonAscii(Rune c)
    {
        if (_dialect != RegexDialect.DotNet)
        {
            _text.Append(c.ToString());
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        foreach (byte b in bytes[..c.EncodeToUtf8(bytes)])
        {
            _text.Append(RegexMatcher.CharOf(b));
        }
    }

    private void AppendClass(RegexClass node)
    {
        bool asWritten = _dialect switch
        {
            RegexDialect.Pcre => node.IsPortable,
            RegexDialect.Re2 => node.Written is not null && node.Written.AsSpan().IndexOfAny('{', '}') < 0,
            _ => false,
        };
        if (asWritten && (!node.IgnoreCase || _flagIgnoresCase))
        {
            _text.Append(node.Written);
            return;
        }

        bool negated = node.Set.NonAscii;
        AsciiSet set = negated ? ~node.Set : node.Set;
        if (set.IsEmpty)
        {
            _text.Append("(?s:.)");
            return;
        }

        _text.Append(negated ? "[^" : "[");
        for (int low = 0; low < 128; low++)
        {
            if (!set.Contains(low))
            {
                continue;
            }

            int high = low;
            while (high < 127 && set.Contains(high + 1))
            {
                high++;
            }

            AppendCharacter((char)low, @"\[]^-");
            if (high > low)
            {
                _text.Append(high > low + 1 ? "-" : "");
                AppendCharacter((char)high, @"\[]^-");
            }

            low = high;
        }

        _text.Append(']');
    }

    private void AppendCharacter(char c, string special)
    {
        switch (c)
        {
            case '\t':
                _text.Append(@"\t");
                break;
            case '\n':
                _text.Append(@"\n");
                break;
            case '\r':
                _text.Append(@"\r");
                break;
            case '{' or '}' when _dialect == RegexDialect.Re2: // in a Caddyfile a word between braces may be a placeholder
            case < ' ' or '\x7F':
                _text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
                break;
            default:
                _text.Append(special.Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
                break;
        }
    }
}
