namespace Confgen.Conformance.Tests.Grid;

/// <summary>
/// The failures that are expected, from <c>known.txt</c>: what a program can't do, and what isn't fixed yet. A line is a program, the
/// failed check, conditions on axes, and behind <c>--</c> the reason:
/// <code>nginx request-trailers client=Http2|Http11 -- trailers of a request are dropped</code> A rule under which nothing fails any more
/// is itself a failure, unless the line starts with <c>~</c>: then it fails now and then.
/// </summary>
internal sealed class KnownFailures
{
    private readonly List<Entry> _entries = [];

    public KnownFailures(string path, string program)
    {
        foreach (string line in File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string[] halves = line.TrimStart('~').Split(" -- ", 2);
            string[] words = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (halves.Length < 2 || words.Length < 2)
            {
                throw new FormatException($"{path}: expected 'program check [axis=value|value ...] -- reason' in '{line}'");
            }

            if (words[0] == program)
            {
                _entries.Add(
                    new Entry(
                        line,
                        words[1],
                        [.. words[2..].Select(w => w.Split('=', 2)).Select(w => (w[0], w[1].Split('|')))],
                        line[0] == '~'
                    )
                );
            }
        }
    }

    /// <summary>Whether a failure is expected.</summary>
    public bool Expects(Failure failure)
    {
        Entry[] hit = [.. _entries.Where(e => e.Code == failure.Code && failure.Case is { } told && e.Matches(told))];
        foreach (Entry entry in hit)
        {
            entry.Hit = true;
        }

        return hit.Length > 0;
    }

    /// <summary>The rules that would hold for cases that were tried, and under which none failed.</summary>
    public IEnumerable<string> Stale(IReadOnlyList<GridCase> tried) =>
        _entries.Where(e => !e.Hit && !e.Sometimes && tried.Any(e.Matches)).Select(e => e.Line);

    private sealed record Entry(string Line, string Code, (string Axis, string[] Values)[] Conditions, bool Sometimes)
    {
        public bool Hit { get; set; }

        public bool Matches(GridCase told) => Conditions.All(c => c.Values.Contains(told.Value(c.Axis)));
    }
}
