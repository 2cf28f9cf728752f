using System.Text;
using Confgen.Cli.Reference;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Documents;

/// <summary>Field by target: what each honours, from what the targets declare.</summary>
internal static class CapabilitiesPage
{
    private const string Exact = "exact";

    public static string Of(FieldCatalogue catalogue, IReadOnlyList<ITarget> targets, CaseEvidence evidence)
    {
        var page = new StringBuilder("# What each target can do\n\n");
        page.Append(
            "Printed from the code. **exact**: as [the contract](behaviour.md) says; the link leads to a case that passes on the real "
                + "program and fails there without the field, or with another value where it is required; or to [the "
                + "reason](#exact-without-a-case) why there is none. **read**: as the contract says, by the program's sources and "
                + "documentation; it wasn't run. **approximate**: with a difference, which a warning tells at the "
                + "field's "
                + "line.\n"
        );
        page.Append(
            "**unsupported**: an error at the field's line, with the nearest thing that the target can do. **elsewhere**: meant for a "
                + "program beside it. A star means that it depends: see below.\n"
        );
        page.Append(
            "The cases run on nginx, Caddy, `confgen serve` and, as far as it can be built for them, HAProxy and Apache httpd: "
                + "`scripts/conformance` sends the same requests to all of them. They pass on nginx 1.22.1, 1.26.3 and 1.30.6, on Caddy "
                + "2.6.2 and 2.11.4, on HAProxy 2.6.12, and on httpd 2.4.71; of the releases between them the sources were read. "
                + "Combinations of the wire and random requests run on the "
                + "first three alone. No case runs on PyServe, which is read from its sources, "
                + "nor on V2Ray, of which its own tests run real pairs. Nor on Traefik: tests compare what the model decides of random "
                + "requests with what a reading of Traefik's sources makes of the rendered rules.\n\n| field |"
        );
        page.AppendJoin("|", targets.Select(t => $" {t.Name}{(t.Versions.Count == 0 ? "" : " " + CapabilityText.Versions(t))} "))
            .Append("|\n|---|");
        page.AppendJoin("|", targets.Select(_ => "---")).Append("|\n");
        foreach (string field in CapabilityText.FieldsOf(catalogue))
        {
            page.Append($"| `{field}` |")
                .AppendJoin("|", targets.Select(t => $" {Proven(Summary(t.Capabilities.Of(field)), field, t.Name)} "))
                .Append("|\n");
        }

        page.Append("\n## Exact without a case\n\n| fields | programs | why no case fails without |\n|---|---|---|\n");
        foreach ((string fields, string programs, string reason) in evidence.Reasons)
        {
            page.Append(
                $"| `{fields}` | {(programs == "*" ? "all" : programs.Replace(",", ", ", StringComparison.Ordinal))} | {reason} |\n"
            );
        }

        foreach (ITarget target in targets)
        {
            string versions =
                target.Versions.Count == 0
                    ? ""
                    : $" Rendered for {CapabilityText.Versions(target)}; {target.DefaultVersion} unless `targets.{target.Name}.version` "
                        + $"says another.";
            page.Append($"\n## {target.Name}\n\n{target.Title}.{versions}\n\n");
            foreach (ProgramNote note in target.Capabilities.Notes)
            {
                page.Append(
                    $"- {(note.LosesData ? "**Loses data**" : "Whatever the spec says")}{CapabilityText.Of(note.Versions, "", ", ")}: "
                        + $"{note.Note}.\n"
                );
            }

            page.Append("\n| field | support | how |\n|---|---|---|\n");
            foreach (
                Capability entry in CapabilityText
                    .FieldsOf(catalogue)
                    .SelectMany(target.Capabilities.Of)
                    .Where(c => c.Support is Support.Approximate or Support.Unsupported || CapabilityText.Detail(c).Length > 0)
            )
            {
                page.Append(
                    $"| `{entry.Field}` | {CapabilityText.Of(entry.Support)} | "
                        + $"{CapabilityText.Detail(entry).Replace("|", "\\|", StringComparison.Ordinal)} |\n"
                );
            }
        }

        return page.ToString();

        string Proven(string summary, string field, string program) =>
            !summary.StartsWith(Exact, StringComparison.Ordinal) ? summary
            : evidence.CaseOf(field, program) is { } proof ? $"[exact](../tests/Conformance.Tests/cases/{proof}){summary[Exact.Length..]}"
            : evidence.HasReason(field, program) ? $"[exact](#exact-without-a-case){summary[Exact.Length..]}"
            : summary;
    }

    private static string Summary(IReadOnlyList<Capability> entries)
    {
        if (entries.Count == 0)
        {
            return "";
        }

        Capability general = entries[^1];
        bool depends = entries.Any(e => e.Support != general.Support || e.Versions != general.Versions);
        return (general.Condition is null ? CapabilityText.Of(general.Support) : Exact)
            + (depends || general.Condition is not null ? "\\*" : "");
    }
}
