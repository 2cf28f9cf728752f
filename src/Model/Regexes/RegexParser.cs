using System.Globalization;
using System.Text;

namespace Confgen.Model.Regexes;

/// <summary>
/// Reads the RE2 subset (the syntax of Go's <c>regexp</c>) as far as PCRE, RE2 and .NET can be made to agree. Recursive descent: an
/// alternation of sequences of repeated atoms. The first problem ends it.
/// </summary>
internal sealed partial class RegexParser(string text)
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

    private bool StartsWith(string word) => text.AsSpan(_at).StartsWith(word);
}
