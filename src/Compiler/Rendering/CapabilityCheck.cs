using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Rendering;

/// <summary>Turns what a target declares into diagnostics, for every field that the spec writes.</summary>
internal static class CapabilityCheck
{
    public static void Run(
        ITarget target,
        IReadOnlyList<SpecNode> nodes,
        FieldCatalogue catalogue,
        RenderContext context,
        DiagnosticBag diagnostics
    )
    {
        // A field that several nodes inherit is found once for each of them.
        var found = new Dictionary<(Capability Capability, SourceSpan Span), bool>();
        foreach (SpecNode node in nodes)
        {
            if (catalogue.Find(node.At.Schema) is not { } schema)
            {
                continue;
            }

            foreach (string name in node.At.Fields)
            {
                // What a node inherited is checked where it was written.
                if (
                    schema.Find(name) is { } field
                    && Applies(target, field.Id, node, context.Version)
                        is { Support: Support.Approximate or Support.Unsupported } capability
                )
                {
                    found.TryAdd((capability, node.At.Of(name)), node.At.IsShort);
                }
            }
        }

        // What lies within a refused field is refused with it: one diagnostic tells enough. A short form lies where the field does whose
        // value it is.
        SourceSpan refused = SourceSpan.None;
        foreach (
            ((Capability capability, SourceSpan span), bool isShort) in found
                .OrderBy(f => f.Key.Span.File, StringComparer.Ordinal)
                .ThenBy(f => StartOf(f.Key.Span))
                .ThenByDescending(f => EndOf(f.Key.Span))
                .ThenBy(f => f.Value)
        )
        {
            if (span.File == refused.File && (span != refused || isShort) && EndOf(span).CompareTo(EndOf(refused)) <= 0)
            {
                continue;
            }

            context.Apply(capability, span);
            if (capability.Support == Support.Unsupported)
            {
                refused = span;
            }
        }

        foreach (ProgramNote note in target.Capabilities.Notes.Where(n => n.Versions.Contains(context.Version)))
        {
            diagnostics.Add(
                new Diagnostic(CapabilityRules.ProgramDiffers, SourceSpan.None, $"{target.Name} {context.Version}: {note.Note}")
                {
                    Severity = note.LosesData ? Severity.Warning : Severity.Info,
                }
            );
        }
    }

    private static Capability? Applies(ITarget target, string id, SpecNode node, TargetVersion version) =>
        target
            .Capabilities.Of(id)
            .FirstOrDefault(c => c.Versions.Contains(version) && (c.When is { } when ? when(node) : c.Condition is null));

    private static (int Line, int Column) StartOf(SourceSpan span) => (span.Line, span.Column);

    private static (int Line, int Column) EndOf(SourceSpan span) => (span.EndLine, span.EndColumn);
}
