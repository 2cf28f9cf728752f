using Confgen.Model.Regexes;

namespace Confgen.Model.Tests.Regexes;

/// <summary>
/// The meaning of a parsed regex, written down as plainly as possible: every way to match is tried in order of preference, on bytes.
/// Slow, and only for comparison.
/// </summary>
internal sealed class ReferenceMatcher(RegexPattern pattern, byte[] text)
{
    private readonly (int Start, int End)?[] _groups = new (int, int)?[pattern.Groups.Count + 1];

    /// <summary>How many pieces were tried.</summary>
    public int Steps { get; private set; }

    /// <summary>The first match with its groups; null where there is none.</summary>
    public (int Start, int End)?[]? Find() => TryFind(out (int, int)?[]? groups) ? groups : throw new TimeoutException();

    /// <summary>Finds the first match; false where there are too many ways to try.</summary>
    public bool TryFind(out (int Start, int End)?[]? groups)
    {
        try
        {
            groups = Search();
            return true;
        }
        catch (TimeoutException)
        {
            groups = null;
            return false;
        }
    }

    private (int Start, int End)?[]? Search()
    {
        for (int start = 0; start <= text.Length; start++)
        {
            Array.Clear(_groups);
            int end = -1;
            if (
                Match(
                    pattern.Root,
                    start,
                    at =>
                    {
                        end = at;
                        return true;
                    }
                )
            )
            {
                _groups[0] = (start, end);
                return _groups;
            }
        }

        return null;
    }

    private bool Match(RegexNode node, int at, Func<int, bool> then)
    {
        if (++Steps > 2_000_000)
        {
            throw new TimeoutException();
        }

        switch (node)
        {
            case RegexLiteral literal:
                byte[] bytes = System.Text.Encoding.UTF8.GetBytes(literal.Char.ToString());
                bool same = literal.IgnoreCase
                    ? at < text.Length && char.ToLowerInvariant((char)text[at]) == char.ToLowerInvariant((char)literal.Char.Value)
                    : text.AsSpan(at).StartsWith(bytes);
                return same && then(at + bytes.Length);
            case RegexClass set:
                return at < text.Length && set.Set.Contains(text[at]) && then(at + 1);
            case RegexAnyChar any:
                return at < text.Length && (any.Newline || text[at] != '\n') && then(at + 1);
            case RegexAnchor anchor:
                bool boundary = IsWord(at - 1) != IsWord(at);
                return anchor.Kind switch
                    {
                        RegexAnchorKind.TextStart => at == 0,
                        RegexAnchorKind.TextEnd => at == text.Length,
                        RegexAnchorKind.WordBoundary => boundary,
                        _ => !boundary,
                    } && then(at);
            case RegexGroup { Number: 0 } group:
                return Match(group.Body, at, then);
            case RegexGroup group:
                (int, int)? before = _groups[group.Number];
                if (
                    Match(
                        group.Body,
                        at,
                        end =>
                        {
                            (int, int)? inner = _groups[group.Number];
                            _groups[group.Number] = (at, end);
                            bool done = then(end);
                            _groups[group.Number] = done ? _groups[group.Number] : inner;
                            return done;
                        }
                    )
                )
                {
                    return true;
                }

                _groups[group.Number] = before;
                return false;
            case RegexSequence sequence:
                return Sequence(sequence, 0, at, then);
            case RegexAlternation alternation:
                return alternation.Branches.Any(branch => Match(branch, at, then));
            case RegexRepeat repeat:
                return Repeat(repeat, 0, at, then);
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    private bool Sequence(RegexSequence sequence, int index, int at, Func<int, bool> then) =>
        index == sequence.Items.Count ? then(at) : Match(sequence.Items[index], at, next => Sequence(sequence, index + 1, next, then));

    private bool Repeat(RegexRepeat repeat, int done, int at, Func<int, bool> then)
    {
        // Without a limit, a round beyond the least that takes nothing would go on for ever, and adds nothing.
        bool More() =>
            (repeat.Max is null || done < repeat.Max)
            && Match(
                repeat.Body,
                at,
                next => (next > at || done < repeat.Min || repeat.Max is not null) && Repeat(repeat, done + 1, next, then)
            );
        bool Enough() => done >= repeat.Min && then(at);
        return repeat.Lazy ? Enough() || More() : More() || Enough();
    }

    private bool IsWord(int at) => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] == '_');
}
