using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Confgen.Targets.Traefik.Syntax;

/// <summary>
/// Reads rules of Traefik 3, or of Traefik 2 where that is asked for. They are expressions of Go:
/// matchers, <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and parentheses; texts stand
/// between backquotes, where nothing is an escape, or between quotes.
/// </summary>
internal sealed class TraefikRuleParser
{
    private const int Deepest = 200;

    private static readonly (string Name, int Least, int Most)[] _matchers =
    [
        ("ClientIP", 1, 1),
        ("Method", 1, 1),
        ("Host", 1, 1),
        ("HostRegexp", 1, 1),
        ("Path", 1, 1),
        ("PathRegexp", 1, 1),
        ("PathPrefix", 1, 1),
        ("Header", 2, 2),
        ("HeaderRegexp", 2, 2),
        ("Query", 1, 2),
        ("QueryRegexp", 1, 2),
    ];

    private static readonly (string Name, int Least, int Most)[] _matchersOf2 =
    [
        ("ClientIP", 1, int.MaxValue),
        ("Method", 1, int.MaxValue),
        ("Host", 1, int.MaxValue),
        ("HostHeader", 1, int.MaxValue),
        ("HostRegexp", 1, int.MaxValue),
        ("Path", 1, int.MaxValue),
        ("PathPrefix", 1, int.MaxValue),
        ("Headers", 2, 2),
        ("HeadersRegexp", 2, 2),
        ("Query", 1, 1),
    ];

    private readonly string _text;
    private readonly (string Name, int Least, int Most)[] _known;
    private int _at;
    private int _depth;
    private string? _problem;

    private TraefikRuleParser(string text, (string Name, int Least, int Most)[] known) => (_text, _known) = (text, known);

    /// <summary>Reads a rule.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TraefikRule? rule, [NotNullWhen(false)] out string? problem) =>
        TryParse(text, _matchers, out rule, out problem);

    /// <summary>Reads a rule of Traefik 2.</summary>
    public static bool TryParse2(string text, [NotNullWhen(true)] out TraefikRule? rule) => TryParse(text, _matchersOf2, out rule, out _);

    private static bool TryParse(
        string text,
        (string Name, int Least, int Most)[] known,
        [NotNullWhen(true)] out TraefikRule? rule,
        [NotNullWhen(false)] out string? problem
    )
    {
        var parser = new TraefikRuleParser(text, known);
        rule = parser.Either();
        if (rule is not null && parser.Peek() != '\0')
        {
            rule = parser.Fail($"'{text[parser._at..]}' is too much");
        }

        problem = rule is null ? "invalid rule: " + (parser._problem ?? "it is empty") : null;
        return rule is not null;
    }

    private TraefikRule? Either()
    {
        TraefikRule? left = Both();
        while (left is not null && Take("||"))
        {
            left = Both() is { } right ? new TraefikRule.Either(left, right) : null;
        }

        return left;
    }

    private TraefikRule? Both()
    {
        TraefikRule? left = One();
        while (left is not null && Take("&&"))
        {
            left = One() is { } right ? new TraefikRule.Both(left, right) : null;
        }

        return left;
    }

    private TraefikRule? One()
    {
        if (++_depth > Deepest)
        {
            return Fail("it is nested too deeply");
        }

        TraefikRule? result;
        if (Take("!"))
        {
            result = One() is { } inner ? new TraefikRule.Not(inner) : null;
        }
        else if (Take("("))
        {
            result = Either();
            result = result is not null && !Take(")") ? Fail("')' is missing") : result;
        }
        else
        {
            result = Matcher();
        }

        _depth--;
        return result;
    }

    private TraefikRule? Matcher()
    {
        Peek();
        int start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
        {
            _at++;
        }

        string written = _text[start.._at];
        (string name, int least, int most) = Array.Find(_known, each => IsCalled(each.Name, written));
        if (name is null)
        {
            return Fail(written.Length == 0 ? "a matcher is missing" : $"there is no matcher '{written}'");
        }

        if (!Take("("))
        {
            return Fail($"'(' is missing behind {name}");
        }

        var arguments = new List<string>();
        do
        {
            if (Argument() is not { } argument)
            {
                return null;
            }

            if (argument.Length == 0)
            {
                return Fail($"an argument of {name} is empty");
            }

            arguments.Add(argument);
        } while (Take(","));
        return !Take(")") ? Fail($"')' is missing behind the arguments of {name}")
            : arguments.Count < least || arguments.Count > most ? Fail($"{name} has {arguments.Count} arguments")
            : new TraefikRule.Matcher(name, arguments);
    }

    private string? Argument()
    {
        char quote = Peek();
        if (quote is not ('`' or '"'))
        {
            Fail("a text between backquotes or quotes is missing");
            return null;
        }

        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == quote)
            {
                _at++;
                return text.ToString();
            }

            if (c == '\\' && quote == '"')
            {
                if (!AppendEscape(text))
                {
                    break;
                }
            }
            else if (c != '\r')
            {
                // Go drops carriage returns between backquotes; between quotes it refuses them.
                text.Append(c);
            }
        }

        Fail("a text has no end, or an escape that Go doesn't know");
        return null;
    }

    private bool AppendEscape(StringBuilder text)
    {
        char c = ++_at < _text.Length ? _text[_at] : '\0';
        int digits = c switch
        {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if (digits == 0)
        {
            int known = "abfnrtv\\\"".IndexOf(c, StringComparison.Ordinal);
            text.Append(known < 0 ? "" : "\a\b\f\n\r\t\v\\\""[known].ToString());
            return known >= 0;
        }

        if (
            _at + digits >= _text.Length
            || !int.TryParse(_text.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            || !Rune.IsValid(code)
        )
        {
            return false;
        }

        _at += digits;
        text.Append(new Rune(code).ToString());
        return true;
    }

    // Each matcher has four spellings.
    private static bool IsCalled(string name, string written) =>
        new[] { name, name.ToLowerInvariant(), name.ToUpperInvariant(), name[..1] + name[1..].ToLowerInvariant() }.Contains(
            written,
            StringComparer.Ordinal
        );

    private char Peek()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Take(string token)
    {
        Peek();
        if (!_text.AsSpan(_at).StartsWith(token, StringComparison.Ordinal))
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private TraefikRule? Fail(string problem)
    {
        _problem ??= problem;
        return null;
    }
}
