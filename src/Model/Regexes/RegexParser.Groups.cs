using System.Globalization;

namespace Confgen.Model.Regexes;

internal sealed partial class RegexParser
{
    private RegexNode? Group(int depth)
    {
        int start = _at;
        if (depth == DeepestNesting)
        {
            return Fail(_at, string.Create(CultureInfo.InvariantCulture, $"groups are nested deeper than {DeepestNesting}"));
        }

        RegexFlags outer = _flags;
        (int number, string? name) = (0, null);
        if (StartsWith("(?"))
        {
            if (StartsWith("(?P<") || (StartsWith("(?<") && !StartsWith("(?<=") && !StartsWith("(?<!")))
            {
                if (!GroupName(ref name))
                {
                    return null;
                }

                Groups.Add(name);
                number = Groups.Count;
            }
            else if (!Flags(out bool alone))
            {
                return null;
            }
            else if (alone)
            {
                return null;
            }
        }
        else
        {
            _at++;
            Groups.Add(null);
            number = Groups.Count;
        }

        RegexNode? body = Alternation(depth + 1);
        _flags = outer;
        if (body is null)
        {
            return null;
        }

        if (_at == text.Length)
        {
            return Fail(start, @"a '(' is never closed: write '\(' for the character");
        }

        _at++;
        return new RegexGroup(body, number, name) { Start = start, End = _at };
    }

    private bool GroupName(ref string? name)
    {
        int start = text.IndexOf('<', _at) + 1;
        int end = text.IndexOf('>', start);
        ReadOnlySpan<char> written = end < 0 ? default : text.AsSpan(start, end - start);
        bool good = written.Length is > 0 and <= 32 && !char.IsAsciiDigit(written[0]);
        foreach (char c in written)
        {
            good &= char.IsAsciiLetterOrDigit(c) || c == '_';
        }

        if (!good)
        {
            Fail(start, "a group's name has 1 to 32 letters, digits and '_', and doesn't start with a digit");
            return false;
        }

        name = written.ToString();
        if (!_names.Add(name))
        {
            Fail(start, $"a second group is called '{name}'");
            return false;
        }

        _at = end + 1;
        return true;
    }

    // (?i), (?i:...), (?:...)
    private bool Flags(out bool alone)
    {
        alone = false;
        int start = _at;
        RegexFlags flags = _flags;
        bool value = true;
        for (_at += 2; _at < text.Length; _at++)
        {
            char c = text[_at];
            switch (c)
            {
                case 'i':
                    flags = flags with { IgnoreCase = value };
                    break;
                case 's':
                    flags = flags with { DotNewline = value };
                    break;
                case 'U':
                    flags = flags with { Ungreedy = value };
                    break;
                case '-' when value && _at + 1 < text.Length && char.IsAsciiLetter(text[_at + 1]):
                    value = false;
                    break;
                case ':':
                case ')' when _at > start + 2:
                    _flags = flags;
                    _at++;
                    alone = c == ')';
                    return true;
                default:
                    Fail(start, RegexRefusals.Group(text.AsSpan(start), c));
                    return false;
            }
        }

        Fail(start, @"a '(' is never closed: write '\(' for the character");
        return false;
    }
}
