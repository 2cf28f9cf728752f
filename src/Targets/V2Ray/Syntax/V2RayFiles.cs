using Confgen.Compiler.Rendering;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>Checks the configurations of a pair: each by itself, and the two against each other.</summary>
internal static class V2RayFiles
{
    /// <summary>Everything that is wrong with the files of one or of both sides.</summary>
    public static IReadOnlyList<V2RayFinding> Check(IReadOnlyList<RenderedFile> files)
    {
        var findings = new List<V2RayFinding>();
        V2RayConfig[] configs = [.. files.Select(f => V2RayConfig.Read(f.Path, f.Text, findings)).OfType<V2RayConfig>()];
        findings.AddRange(configs.SelectMany(V2RayChecker.Check));
        if (
            configs.FirstOrDefault(c => c.Portals.Count > 0) is { } portal
            && configs.FirstOrDefault(c => c.Bridges.Count > 0) is { } bridge
        )
        {
            findings.AddRange(V2RayPair.Check(portal, bridge));
        }

        return findings;
    }
}
