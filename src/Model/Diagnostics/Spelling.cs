namespace Confgen.Model.Diagnostics;

/// <summary>Finds the word that was probably meant.</summary>
public static class Spelling
{
    // A spec with tens of thousands of names and a thousand slips among them is a generator's; its author needs no hint for each.
    private const int MostCandidates = 2000;

    /// <summary>
    /// The nearest of the candidates, if it is near enough to be a slip: one edit for each three characters, at most three.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = Math.Clamp(word.Length / 3, 1, 3) + 1;
        foreach (string candidate in candidates.Take(MostCandidates))
        {
            int distance = Math.Abs(word.Length - candidate.Length) < bestDistance ? Distance(word, candidate) : int.MaxValue;
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>All candidates that are as near as <see cref="Nearest"/>.</summary>
    public static IReadOnlyList<string> AllNearest(string word, IEnumerable<string> candidates)
    {
        string[] all = [.. candidates.Take(MostCandidates).Distinct(StringComparer.Ordinal)];
        return Nearest(word, all) is { } nearest ? [.. all.Where(c => Distance(word, c) == Distance(word, nearest))] : [];
    }

    /// <summary><c>did you mean 'x'?</c>, or null where nothing is near.</summary>
    public static string? DidYouMean(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates) is { } near ? $"did you mean '{near}'?" : null;

    // Edits, with a swap of neighbours as one (the optimal string alignment distance), without regard to case, '-' or '_'.
    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || Math.Abs(a.Length - b.Length) > 3)
        {
            return int.MaxValue;
        }

        // Of three letters one is a third of the word: 'sse' isn't meant as 'use', while 'ues' is.
        if (
            a.Length is > 0 and <= 3
            && b.Length is > 0 and <= 3
            && !Same(a[0], b[0])
            && !(a.Length > 1 && b.Length > 1 && Same(a[0], b[1]) && Same(a[1], b[0]))
        )
        {
            return int.MaxValue;
        }

        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                d[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }

    private static bool Same(char x, char y) => Fold(x) == Fold(y);

    private static char Fold(char c) => c == '-' ? '_' : char.ToLowerInvariant(c);
}
