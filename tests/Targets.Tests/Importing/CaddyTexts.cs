using Confgen.Targets.Caddy.Reading;
using Confgen.Targets.Importing;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Imports Caddyfiles in memory.</summary>
internal static class CaddyTexts
{
    public static ImportResult Import(string text) => Import(new Dictionary<string, string> { ["/c/Caddyfile"] = text });

    /// <summary>Imports files; the main one is <c>Caddyfile</c>.</summary>
    public static ImportResult Import(IReadOnlyDictionary<string, string> files)
    {
        string main = files.Keys.Single(f => f.EndsWith("/Caddyfile", StringComparison.Ordinal));
        return new CaddyImporter().Import(new ImportRequest([(main, files[main])], new MemoryFiles(files), []));
    }
}
