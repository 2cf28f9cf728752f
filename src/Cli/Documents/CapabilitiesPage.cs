using System.Text;
using Confgen.Cli.Reference;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Documents;

/// <summary>Field by target: what each honours, from what the targets declare.</summary>
internal static class CapabilitiesPage
{
    public static string Of(FieldCatalogue catalogue, IReadOnlyList<ITarget> targets, CaseEvidence evidence)
    {
        var page = new StringBuilder("# What each target can do\n\n");
        page.Append("Printed from the code. **exact**, with a link to the case that proves it on the real program: as [the contract](behaviour.md) says. **approximate**: with a difference, which a warning tells at the field's line.\n");
        page.Append("**unsupported**: an error at the field's line, with the nearest thing that the target can do. **elsewhere**: meant for a program beside it. A star means that it depends: see below.\n");
        page.Append("The cases run on nginx, Caddy and `confgen serve`: `scripts/conformance` sends the same requests to all three. They pass on nginx 1.22.1, 1.26.3 and 1.30.6 and on Caddy 2.6.2 and 2.11.4; of the releases between them the sources were read.\n\n| field |");
        page.AppendJoin("|", targets.Select(t => $" {t.Name}{(t.Versions.Count == 0 ? "" : " " + CapabilityText.Versions(t))} ")).Append("|\n|---|");
        page.AppendJoin("|", targets.Select(_ => "---")).Append("|\n");
        foreach (string field in CapabilityText.FieldsOf(catalogue))
        {
            page.Append($"| `{field}` |").AppendJoin("|", targets.Select(t => $" {Proven(Summary(t.Capabilities.Of(field)), field, t.Name)} ")).Append("|\n");
        }

        foreach (ITarget target in targets)
        {
            page.Append($"\n## {target.Name}\n\n{target.Title}.{(target.Versions.Count == 0 ? "" : $" Rendered for {CapabilityText.Versions(target)}; {target.DefaultVersion} unless `targets.{target.Name}.version` says another.")}\n\n");
            foreach (ProgramNote note in target.Capabilities.Notes)
            {
                page.Append($"- {(note.LosesData ? "**Loses data**" : "Whatever the spec says")}{CapabilityText.Of(note.Versions, "", ", ")}: {note.Note}.\n");
            }

            page.Append("\n| field | support | how |\n|---|---|---|\n");
            foreach (Capability entry in CapabilityText.FieldsOf(catalogue).SelectMany(target.Capabilities.Of).Where(c => c.Support is Support.Approximate or Support.Unsupported || CapabilityText.Detail(c).Length > 0))
            {
                page.Append($"| `{entry.Field}` | {CapabilityText.Of(entry.Support)} | {CapabilityText.Detail(entry).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }

        return page.ToString();

        string Proven(string summary, string field, string program) =>
            summary.StartsWith("exact", StringComparison.Ordinal) && evidence.Of(field, program) is { } proof ? $"[exact](../tests/Conformance.Tests/cases/{proof}){summary["exact".Length..]}" : summary;
    }

    private static string Summary(IReadOnlyList<Capability> entries)
    {
        if (entries.Count == 0)
        {
            return "";
        }

        Capability general = entries[^1];
        bool depends = entries.Any(e => e.Support != general.Support || e.Versions != general.Versions);
        return (general.Condition is null ? CapabilityText.Of(general.Support) : "exact") + (depends || general.Condition is not null ? "\\*" : "");
    }
}
