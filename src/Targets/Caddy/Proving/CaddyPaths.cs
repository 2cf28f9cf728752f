using Confgen.Targets.Caddy.Reading;
using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Targets.Caddy.Proving;

/// <summary>The paths that a site of a Caddyfile names.</summary>
internal static class CaddyPaths
{
    public static void Add(SourceLine site, bool hasTls, string host, int port, List<NamedPath> into)
    {
        string asked = host == "_" ? "unknown.test" : host.Replace("*", "probe", StringComparison.Ordinal);
        IEnumerable<PathTest> tests = site.Block.SelectMany(l => l.All).SelectMany(Tests).Prepend(PathTest.Any).Distinct();
        into.AddRange(tests.Select(t => new NamedPath(hasTls, asked, port, t.Text, t.Kind == PathTestKind.Regex)));
        IEnumerable<string> hosts = site
            .Block.SelectMany(l => l.All)
            .Where(l => l.Name.StartsWith('@') && l.First == "host" || l.Name == "host")
            .SelectMany(l => l.Arguments)
            .Where(h => h != "host" && !h.Contains('*', StringComparison.Ordinal));
        into.AddRange(hosts.Select(h => new NamedPath(hasTls, h.ToLowerInvariant(), port, "/", false)));
    }

    private static IEnumerable<PathTest> Tests(SourceLine line)
    {
        if (line.First.StartsWith('/') && line.Arguments.Count > 0 && !line.Name.StartsWith("header", StringComparison.Ordinal))
        {
            yield return PathTest.Of(line.First);
        }

        string[] words = [.. line.Words.Select(w => w.Text)];
        int at = Array.IndexOf(words, "path");
        foreach (string pattern in at >= 0 ? words.Skip(at + 1) : [])
        {
            yield return PathTest.Of(pattern);
        }

        if (words.Contains("path_regexp"))
        {
            yield return new PathTest(PathTestKind.Regex, words[^1]);
        }
    }
}
