using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Reference;

/// <summary>What targets declare, in words.</summary>
internal static class CapabilityText
{
    /// <summary>The language's fields, without those that belong to single targets.</summary>
    public static IEnumerable<string> FieldsOf(FieldCatalogue catalogue) =>
        catalogue.Ids.Where(id => !id.StartsWith("targets.", StringComparison.Ordinal));

    public static string Versions(ITarget target) =>
        target.Versions switch
        {
            [] => "this",
            [var only] => only.ToString(),
            [var first, .., var last] => $"{first} to {last}",
        };

    public static string Of(Support support) =>
        support switch
        {
            Support.Exact => "exact",
            Support.Read => "read",
            Support.Approximate => "approximate",
            Support.Elsewhere => "elsewhere",
            _ => "unsupported",
        };

    /// <summary>A range of versions between two texts; empty for every version.</summary>
    public static string Of(VersionRange versions, string after, string before) =>
        versions == VersionRange.All ? "" : before + versions + after;

    /// <summary>When an entry holds, and what it means.</summary>
    public static string Detail(Capability capability)
    {
        string condition = string.Join(", ", new[] { capability.Condition ?? "", capability.Versions.ToString() }.Where(t => t.Length > 0));
        return condition.Length == 0 ? capability.Note
            : capability.Note.Length == 0 ? condition
            : $"{condition}: {capability.Note}";
    }
}
