using System.Text;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Model.Differences;

/// <summary>Finds a value that meets a condition and none of those that fail.</summary>
internal static class ValueSample
{
    private const string Candidates = "xyzqvwjkuabcdefghilmnoprst0123456789XYZQ_-~";

    // More than the regexes that people write for values make; where it is reached, a value is taken to be there.
    private const int MostStates = 5_000;

    /// <summary>The value; null where no request can have one.</summary>
    /// <param name="held">The condition that is met.</param>
    /// <param name="all">All conditions of the request, this one among them.</param>
    public static string? Find(CellValue held, IEnumerable<CellValue> all)
    {
        CellValue[] known = [.. all];
        ValuePattern[] failing = [.. known.Where(f => !f.Holds && f.IsOfSameName(held)).Select(f => f.Condition.Value)];
        if (held.Condition.Value is ValueRegex || failing.Any(f => f is ValueRegex))
        {
            return Walk(held, failing);
        }

        // Where a star becomes a character that occurs in no glob, another glob takes the value only if it takes every value of the first.
        char fresh = Candidates.FirstOrDefault(c => !known.Any(o => o.Condition.Value.Text.Contains(c, StringComparison.Ordinal)), '~');
        string value = held.Condition.Value.Text.Replace('*', fresh);
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return failing.Any(f => f.Matches(bytes)) ? null : value;
    }

    // The shortest value, over the product of the automata.
    private static string? Walk(CellValue held, ValuePattern[] failing)
    {
        RegexPattern[] patterns = [RegexOf(held.Condition.Value), .. failing.Select(RegexOf)];
        RegexAutomaton[] automata = [.. patterns.Select(p => new RegexAutomaton(p))];
        Rune[] letters = Letters(automata, patterns, held.Kind);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<(int[] States, string Text)>();
        Visit([.. automata.Select(a => a.Start)], "");
        while (pending.TryDequeue(out (int[] States, string Text) at))
        {
            // Blanks at the ends of a value don't count.
            if (!at.Text.EndsWith(' ') && automata.Index().All(a => a.Item.AcceptsAtEnd(at.States[a.Index]) == (a.Index == 0)))
            {
                return at.Text;
            }

            if (seen.Count > MostStates)
            {
                return at.Text;
            }

            foreach (Rune letter in letters.Where(l => l.Value != ' ' || at.Text.Length > 0))
            {
                Visit(Step(automata, at.States, letter), at.Text + letter);
            }
        }

        return null;

        void Visit(int[] states, string text)
        {
            // What a condition that fails has found stays found.
            if (!states.Skip(1).Contains(RegexAutomaton.Matched) && seen.Add(string.Join(',', states) + (text.EndsWith(' ') ? " " : "")))
            {
                pending.Enqueue((states, text));
            }
        }
    }

    private static int[] Step(RegexAutomaton[] automata, int[] states, Rune letter)
    {
        Span<byte> bytes = stackalloc byte[4];
        int[] next = [.. states];
        foreach (byte b in bytes[..letter.EncodeToUtf8(bytes)])
        {
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = automata[i].Step(next[i], b);
            }
        }

        return next;
    }

    // One character for all that no condition tells apart.
    private static Rune[] Letters(RegexAutomaton[] automata, RegexPattern[] patterns, NamedValueKind kind)
    {
        Func<byte, bool>[] distinctions = [.. automata.SelectMany(a => a.Distinctions())];
        string signs = kind switch
        {
            NamedValueKind.Parameter => "&# ",
            NamedValueKind.Cookie => "; ",
            _ => "",
        };
        return
        [
            .. Enumerable
                .Range(' ', '~' - ' ' + 1)
                .Select(c => (char)c)
                .Where(c => !signs.Contains(c, StringComparison.Ordinal))
                .OrderBy(c => Candidates.IndexOf(c, StringComparison.Ordinal) is var at && at < 0 ? Candidates.Length + c : at)
                .GroupBy(c => string.Concat(distinctions.Select(d => d((byte)c) ? '1' : '0')), StringComparer.Ordinal)
                .Select(group => new Rune(group.First())),
            .. patterns.SelectMany(p => p.Text.EnumerateRunes()).Append(new Rune('é')).Where(r => !r.IsAscii).Distinct(),
        ];
    }

    private static RegexPattern RegexOf(ValuePattern pattern) =>
        pattern is ValueRegex regex ? regex.Pattern
        : RegexPattern.TryParse(pattern.Write(RegexDialect.Re2), out RegexPattern? glob, out string? problem, out _) ? glob
        : throw new InvalidOperationException($"a glob makes no regex: {problem}");
}
