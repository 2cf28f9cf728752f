using System.Collections.Frozen;

namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>
/// What a section may hold, and what can be fetched and converted: read once from the list beside this file, which is made of
/// <c>haproxy -dKall</c> and the manual's matrix of keywords.
/// </summary>
internal static class HAProxyKeywords
{
    private const int MostWords = 3;

    private static readonly Lazy<FrozenDictionary<string, string>> _sections = new(() =>
        Lines()
            .Where(static line => line.Kind is not (Fetch or Converter))
            .ToFrozenDictionary(static line => line.Name, static line => line.Kind)
    );

    private static readonly Lazy<FrozenSet<string>> _fetches = new(() => Named(Fetch));
    private static readonly Lazy<FrozenSet<string>> _converters = new(() => Named(Converter));

    private const string Fetch = "fetch";
    private const string Converter = "converter";

    /// <summary>The longest keyword that a line starts with, in how many of its words; 0 where it starts with none.</summary>
    /// <param name="words">The line.</param>
    /// <param name="section">The letter of the section.</param>
    public static int Length(IReadOnlyList<HAProxyWord> words, char section)
    {
        for (int length = Math.Min(MostWords, words.Count); length > 0; length--)
        {
            // What has arguments in brackets is known by its name.
            string name = string.Join(' ', words.Take(length).Select(static word => word.Text.Split('(')[0]));
            if (_sections.Value.TryGetValue(name, out string? sections) && sections.Contains(section, StringComparison.Ordinal))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>Whether the name is a fetch.</summary>
    public static bool IsFetch(string name) => _fetches.Value.Contains(name);

    /// <summary>Whether the name is a converter.</summary>
    public static bool IsConverter(string name) => _converters.Value.Contains(name);

    private static FrozenSet<string> Named(string kind) =>
        Lines().Where(line => line.Kind == kind).Select(static line => line.Name).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<(string Kind, string Name)> Lines()
    {
        const string file = "keywords.txt";
        using Stream stream =
            typeof(HAProxyKeywords).Assembly.GetManifestResourceStream(typeof(HAProxyKeywords), file)
            ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        // A keyword of several kinds of sections stands once for `global` and once for the others.
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(' ', 2))
                .GroupBy(static line => (IsSection: line[0] is not (Fetch or Converter), line[0] is Fetch, Name: line[1]))
                .Select(static group => (string.Concat(group.Select(static line => line[0]).Distinct()), group.Key.Name)),
        ];
    }
}
