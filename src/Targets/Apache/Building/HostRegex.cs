using Confgen.Model.Units;

namespace Confgen.Targets.Apache.Building;

/// <summary>Hosts as a regex on the name in lower case.</summary>
internal static class HostRegex
{
    /// <summary>A regex for each of the hosts; <c>_</c> is none of them.</summary>
    public static string Of(IEnumerable<HostPattern> hosts) =>
        $"^(?:{string.Join('|', hosts.Where(static host => host.Kind != HostPatternKind.Any).Select(One))})$";

    private static string One(HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Wildcard => @"[^.]+\." + Escape(host.Name),
            HostPatternKind.Trailing => Escape(host.Name) + @"\..+",
            _ => Escape(host.Name),
        };

    // A name has letters, digits, '-', '.', and those of an address.
    private static string Escape(string name) =>
        name.Replace(".", @"\.", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal)
            .Replace("]", @"\]", StringComparison.Ordinal);
}
