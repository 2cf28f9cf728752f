using Confgen.Targets.Importing;
using Confgen.Targets.Nginx.Reading;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Imports configurations in memory.</summary>
internal static class NginxTexts
{
    public static ImportResult Import(string text) => Import(new Dictionary<string, string> { ["/c/nginx.conf"] = text });

    /// <summary>Imports files; the main one is <c>nginx.conf</c>.</summary>
    public static ImportResult Import(IReadOnlyDictionary<string, string> files)
    {
        string main = files.Keys.Single(f => f.EndsWith("/nginx.conf", StringComparison.Ordinal));
        return new NginxImporter().Import(new ImportRequest([(main, files[main])], new MemoryFiles(files), []));
    }
}
