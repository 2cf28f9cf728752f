using System.Globalization;
using System.Text;

namespace Confgen.Model.Regexes;

/// <summary>
/// Reads the RE2 subset (the syntax of Go's <c>regexp</c>) as far as PCRE, RE2 and .NET can be made to agree. Recursive descent: an
/// alternation of sequences of repeated atoms. The first problem ends it.
/// </summary>
internal sealed class RegexParser(string text)
{
    /// <summary>Groups in groups. PCRE2 takes 250, Go 1000.</summary>
    private const int DeepestNesting = 100;

    /// <summary>Go's limit on a repetition, and on the product of nested ones.</summary>
    private const int MostRepetitions = 1000;

    /// <summary>Characters and classes after writing out repetitions. PCRE's programs end at 64 KiB.</summary>
    private const int LargestSize = 10_000;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private RegexFlags _flags;
    private int _at;

    /// <summary>The names of the groups so far.</summary>
    public List<string?> Groups { get; } = [];

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where it is wrong.</summary>
    public int ProblemAt { get; private set; }

    public RegexNode? Parse()
    {
        if (text.Length == 0)
        {
            return Fail(0, "an empty regex matches every path: write 'path: /' for that");
        }

        if (text.Length > 4 * LargestSize)
        {
            return Fail(0, string.Create(CultureInfo.InvariantCulture, $"the regex is too large: {text.Length} characters"));
        }

        RegexNode? root = Alternation(0);
        if (root is not null && _at < text.Length)
        {
            return Fail(_at, @"a ')' without its '(': write '\)' for the character");
        }

        return root is { Size: > LargestSize }
            ? Fail(
                0,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the regex is too large: written out, its repetitions come to {root.Size} characters, and {LargestSize} are the limit"
                )
            )
            : root;
    }

    /// <summary>Records a problem. Returns null, so that a reader can return its result.</summary>
    internal RegexNode? Fail(int at, string problem)
    {
        if (Problem is null)
        {
            (Problem, ProblemAt) = (problem, at);
        }

        return null;
    }

    private RegexNode? Alternation(int depth)
    {
        int start = _at;
        var branches = new List<RegexNode>();
        while (true)
        {
            if (Sequence(depth) is not { } branch)
            {
                return null;
            }

            branches.Add(branch);
            if (_at == text.Length || text[_at] == ')')
            {
                return branches.Count == 1 ? branches[0] : new RegexAlternation(branches.ToValueList()) { Start = start, End = _at };
            }

            _at++;
        }
    }

    private RegexNode? Sequence(int depth)
    {
        int start = _at;
        var items = new List<RegexNode>();
        while (_at < text.Length && text[_at] is not ('|' or ')'))
        {
            int itemStart = _at;
            if (StartsWith(@"\Q"))
            {
                int before = items.Count;
                if (!Quoted(items))
                {
                    return null;
                }

                itemStart = items.Count == before ? -1 : itemStart;
            }
            else if (Atom(depth) is { } atom)
            {
                items.Add(atom);
            }
            else if (Problem is not null)
            {
                return null;
            }
            else
            {
                itemStart = -1; // flags alone: nothing that could be repeated
            }

            if (!Repetition(items, itemStart))
            {
                return null;
            }
        }

        return items.Count == 1 ? items[0] : new RegexSequence(items.ToValueList()) { Start = start, End = _at };
    }

    // An atom; null without a problem for flags that hold from here on.
    private RegexNode? Atom(int depth)
    {
        int start = _at;
        char c = text[_at];
        switch (c)
        {
            case '(':
                return Group(depth);
            case '[':
                AsciiSet? set = RegexClassReader.Read(this, text, ref _at, _flags.IgnoreCase, out bool folded, out bool portable);
                return set is { } s ? new RegexClass(s, folded, text[start.._at], portable) { Start = start, End = _at } : null;
            case '.':
                _at++;
                return new RegexAnyChar(_flags.DotNewline) { Start = start, End = _at };
            case '^':
                return Anchor(RegexAnchorKind.TextStart, 1);
            case '$':
                return Anchor(RegexAnchorKind.TextEnd, 1);
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                return Fail(_at, $"there is nothing for '{c}' to repeat: write '\\{c}' for the character");
            case '{' when Braces() is not null || IsOpenLowerBound():
                return Fail(_at, @"there is nothing for '{' to repeat: write '\{' for the character");
            default:
                return Literal();
        }
    }

    private RegexAnchor Anchor(RegexAnchorKind kind, int length)
    {
        int start = _at;
        _at += length;
        return new RegexAnchor(kind) { Start = start, End = _at };
    }

    private RegexNode? Literal()
    {
        int start = _at;
        if (Rune.DecodeFromUtf16(text.AsSpan(_at), out Rune c, out int length) != System.Buffers.OperationStatus.Done)
        {
            return Fail(_at, "half of a surrogate pair is no character");
        }

        _at += length;
        return Literal(c, start);
    }

    private RegexNode? Literal(Rune c, int start)
    {
        bool cased = _flags.IgnoreCase && (Rune.ToUpperInvariant(c) != c || Rune.ToLowerInvariant(c) != c);
        return cased && !c.IsAscii
            ? Fail(
                start,
                $"programs disagree on the other case of '{c}': write both, as (?:{Rune.ToLowerInvariant(c)}|{Rune.ToUpperInvariant(c)})"
            )
            : new RegexLiteral(c, cased) { Start = start, End = _at };
    }

    private RegexNode? Escape()
    {
        int start = _at;
        char c = _at + 1 < text.Length ? text[_at + 1] : '\0';
        switch (c)
        {
            case 'A':
                return Anchor(RegexAnchorKind.TextStart, 2);
            case 'z':
                return Anchor(RegexAnchorKind.TextEnd, 2);
            case 'b':
                return Anchor(RegexAnchorKind.WordBoundary, 2);
            case 'B':
                return Anchor(RegexAnchorKind.NotWordBoundary, 2);
        }

        if (RegexEscapes.Class(c) is { } set)
        {
            _at += 2;
            return new RegexClass(set, IgnoreCase: false, text[start.._at], RegexEscapes.IsPortableClass(c)) { Start = start, End = _at };
        }

        return RegexEscapes.Character(this, text, ref _at) is { } character ? Literal(new Rune(character), start) : null;
    }

    // \Q...\E: each character stands for itself; without \E to the end.
    private bool Quoted(List<RegexNode> items)
    {
        _at += 2;
        while (_at < text.Length)
        {
            if (StartsWith(@"\E"))
            {
                _at += 2;
                return true;
            }

            if (Literal() is not { } literal)
            {
                return false;
            }

            items.Add(literal);
        }

        return true;
    }

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

    // Reads a repetition of the last item, if one is written here.
    private bool Repetition(List<RegexNode> items, int itemStart)
    {
        int start = _at;
        if (_at == text.Length)
        {
            return true;
        }

        (int Min, int? Max, int Length)? counts = text[_at] switch
        {
            '*' => (0, null, 1),
            '+' => (1, null, 1),
            '?' => (0, 1, 1),
            '{' => Braces(),
            _ => null,
        };
        if (text[_at] == '{' && IsOpenLowerBound())
        {
            Fail(_at, @"programs disagree on '{,n}': write '{0,n}' for the repetition or '\{' for the character");
            return false;
        }

        if (counts is not { } found)
        {
            return true;
        }

        if (itemStart < 0 || items.Count == 0)
        {
            Fail(start, $"there is nothing for '{text[start]}' to repeat: write '\\{text[start]}' for the character");
            return false;
        }

        RegexNode body = items[^1];
        if (body is RegexAnchor)
        {
            Fail(start, $"'{text[body.Start..body.End]}' is a place, not a text: it can't be repeated");
            return false;
        }

        (int min, int? max, int length) = found;
        if (min > MostRepetitions || max > MostRepetitions || max < min)
        {
            Fail(
                start,
                max < min
                    ? "the repetition ends below its start"
                    : string.Create(CultureInfo.InvariantCulture, $"more than {MostRepetitions} repetitions")
            );
            return false;
        }

        _at += length;
        bool lazy = _at < text.Length && text[_at] == '?';
        _at += lazy ? 1 : 0;
        if (_at < text.Length && (text[_at] is '*' or '+' or '?' || (text[_at] == '{' && Braces() is not null)))
        {
            Fail(
                _at,
                text[_at] == '+' && !lazy
                    ? "possessive repetitions are not in the RE2 subset: leave the second '+' out"
                    : $"a repetition of a repetition: put the first one into a group, (?:{text[body.Start.._at]}){text[_at]}, or leave "
                        + $"one out"
            );
            return false;
        }

        var repeat = new RegexRepeat(body, min, max, lazy ^ _flags.Ungreedy) { Start = body.Start, End = _at };
        if (Product(repeat) > MostRepetitions)
        {
            Fail(start, string.Create(CultureInfo.InvariantCulture, $"nested repetitions come to more than {MostRepetitions}"));
            return false;
        }

        items[^1] = repeat;
        return true;
    }

    // {2}, {2,}, {2,5}; null where the brace is a character.
    private (int Min, int? Max, int Length)? Braces()
    {
        int end = ClosingBrace();
        if (end < 0)
        {
            return null;
        }

        ReadOnlySpan<char> inner = text.AsSpan(_at + 1, end - 1);
        int comma = inner.IndexOf(',');
        ReadOnlySpan<char> low = comma < 0 ? inner : inner[..comma];
        ReadOnlySpan<char> high = comma < 0 ? low : inner[(comma + 1)..];
        if (low.IsEmpty || low.IndexOfAnyExceptInRange('0', '9') >= 0 || high.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        return (Count(low), comma >= 0 && high.IsEmpty ? null : Count(high), end + 1);
    }

    // Not further than counts reach, so that a text of braces takes no quadratic time.
    private int ClosingBrace() => text.AsSpan(_at, Math.Min(40, text.Length - _at)).IndexOf('}');

    private static int Count(ReadOnlySpan<char> digits) =>
        digits.TrimStart('0').Length > 4 ? MostRepetitions + 1 : int.Parse(digits, CultureInfo.InvariantCulture);

    // {,5}: a character for RE2 and older PCRE, a repetition since PCRE2 10.43.
    private bool IsOpenLowerBound()
    {
        int end = ClosingBrace();
        return end > 2 && text[_at + 1] == ',' && text.AsSpan(_at + 2, end - 2).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static long Product(RegexNode node) =>
        node switch
        {
            RegexRepeat { Min: 0, Max: null } or RegexRepeat { Min: 1, Max: null } or RegexRepeat { Max: 0 or 1 } => Product(
                ((RegexRepeat)node).Body
            ),
            RegexRepeat repeat => (repeat.Max ?? repeat.Min) * Product(repeat.Body),
            RegexGroup group => Product(group.Body),
            RegexSequence sequence => sequence.Items.Count == 0 ? 1 : sequence.Items.Max(Product),
            RegexAlternation alternation => alternation.Branches.Max(Product),
            _ => 1,
        };

    private bool StartsWith(string word) => text.AsSpan(_at).StartsWith(word);
}
