using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests.Experts;

/// <summary>The configurations by hand that the length of the output is measured against.</summary>
internal static class ExpertFile
{
    /// <summary>The main file of a target, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["nginx"] = "nginx.conf", ["caddy"] = "Caddyfile" };

    /// <summary>That by hand for a case.</summary>
    public static string Of(SnapshotCase one, string target) => Path.Combine(one.Snapshots, "expert", Names[target]);

    /// <summary>The requests that both are asked.</summary>
    public static string RequestsOf(SnapshotCase one) => Path.Combine(one.Snapshots, "expert", "requests.txt");
}
