using Confgen.Compiler.Rendering;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Evidence;

/// <summary>What the targets declare exact of which there are programs here.</summary>
internal static class ExactFields
{
    /// <summary>The programs that the cases run on.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["nginx", "caddy", "serve", "haproxy", "apache"];

    /// <summary>Each field and program for which an entry says so, for whatever value or version.</summary>
    public static IReadOnlyList<(string Field, string Program)> All { get; } =
    [
        .. from program in Programs
        let table = TargetCatalogue.All.Single(t => t.Name == program).Capabilities
        from field in table.Fields
        where table.Of(field).Any(c => c.Support == Support.Exact)
        select (field, program),
    ];
}
