using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Model.Diagnostics;

namespace Confgen.Targets.Tests.InMemory;

/// <summary>Compiles texts with every target there is.</summary>
internal static class CompiledText
{
    private static readonly ScribanTemplates BuiltIn = new(EmbeddedTemplates.Find);

    public static Compilation Of(string text, IReadOnlyDictionary<string, string>? files = null, string name = "/spec/spec.yaml")
    {
        var all = (files ?? new Dictionary<string, string>()).ToDictionary(f => "/spec/" + f.Key, f => f.Value, StringComparer.Ordinal);
        all[name] = text;
        bool own = all.Keys.Any(f => f.StartsWith("/spec/templates/", StringComparison.Ordinal));
        ScribanTemplates templates = own
            ? new ScribanTemplates(n => all.GetValueOrDefault("/spec/templates/" + n) ?? EmbeddedTemplates.Find(n))
            : BuiltIn;
        return Compilation.FromFile(new CompilerHost(TargetCatalogue.All, templates, new MemoryFiles(all), _ => null), name);
    }

    public static RenderResult Render(string text, string target) =>
        Of(text).Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete);

    /// <summary>Each diagnostic as <c>line:column code message</c>.</summary>
    public static string[] Shown(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(d => $"{d.Span.Line}:{d.Span.Column} {d.Rule.Code} {d.Message}")];
}
