using System.Collections.Frozen;
using System.Globalization;

namespace Confgen.Targets.Apache.Syntax;

/// <summary>
/// The directives of httpd and its modules, read once from the list beside this file: the name, <c>s</c> where a server may have it,
/// <c>d</c> where a directory, location or condition may, and the least and most arguments.
/// </summary>
internal static class ApacheDirectives
{
    private static readonly Lazy<FrozenDictionary<string, Entry>> _all = new(Load);

    /// <summary>A directive by its name, which has no case; null where there is none.</summary>
    public static Entry? Find(string name) => _all.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, Entry> Load()
    {
        const string file = "directives.txt";
        using Stream stream =
            typeof(ApacheDirectives).Assembly.GetManifestResourceStream(typeof(ApacheDirectives), file)
            ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split(' '))
            .ToFrozenDictionary(
                static words => words[0],
                static words => new Entry(
                    words[1].Contains('s', StringComparison.Ordinal),
                    words[1].Contains('d', StringComparison.Ordinal),
                    int.Parse(words[2], CultureInfo.InvariantCulture),
                    int.Parse(words[3], CultureInfo.InvariantCulture)
                ),
                StringComparer.OrdinalIgnoreCase
            );
    }

    /// <summary>Where a directive may stand and how many arguments it takes.</summary>
    /// <param name="InServer">Whether a server may have it.</param>
    /// <param name="InDirectory">Whether a directory, a location or a condition may.</param>
    /// <param name="Least">The least arguments.</param>
    /// <param name="Most">The most.</param>
    public sealed record Entry(bool InServer, bool InDirectory, int Least, int Most);
}
