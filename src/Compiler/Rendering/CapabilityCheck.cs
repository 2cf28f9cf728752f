using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Rendering;

/// <summary>Turns what a target declares into diagnostics, for every field that the spec writes.</summary>
internal static class CapabilityCheck
{
    public static void Run(ITarget target, IReadOnlyList<SpecNode> nodes, FieldCatalogue catalogue, RenderContext context, DiagnosticBag diagnostics)
    {
        foreach (SpecNode node in nodes)
        {
            if (catalogue.Find(node.At.Schema) is not { } schema)
            {
                continue;
            }

            foreach (string name in node.At.Fields)
            {
                // What a node inherited is checked where it was written.
                if (schema.Find(name) is { } field && Applies(target, schema.IdOf(field), node, context.Version) is { } capability)
                {
                    context.Apply(capability, node.At.Of(name));
                }
            }
        }

        foreach (ProgramNote note in target.Capabilities.Notes.Where(n => n.Versions.Contains(context.Version)))
        {
            diagnostics.Add(new Diagnostic(CapabilityRules.ProgramDiffers, SourceSpan.None, $"{target.Name} {context.Version}: {note.Note}")
            {
                Severity = note.LosesData ? Severity.Warning : Severity.Info,
            });
        }
    }

    private static Capability? Applies(ITarget target, string id, SpecNode node, TargetVersion version) =>
        target.Capabilities.Of(id).FirstOrDefault(c =>
            c.Versions.Contains(version) && (c.When is { } when ? when(node) : c.Condition is null));
}
