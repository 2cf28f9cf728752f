using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Compiler.Tests.Support;

/// <summary>Compiles specs in memory.</summary>
internal static class Compile
{
    public static Compilation Text(
        string yaml,
        IReadOnlyDictionary<string, string>? files = null,
        IReadOnlyDictionary<string, string>? variables = null
    )
    {
        var all = new Dictionary<string, string>(files ?? new Dictionary<string, string>());
        all["spec.yaml"] = yaml;
        return Compilation.FromFile(Host(all, variables), "spec.yaml");
    }

    public static CompilerHost Host(IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string>? variables = null) =>
        new([], new ScribanTemplates(_ => null), new MemoryFiles(files), name => variables?.GetValueOrDefault(name));

    /// <summary>Each diagnostic as <c>line:column code message</c>.</summary>
    public static string[] Problems(string yaml) =>
        [.. Text(yaml).Diagnostics.Select(d => $"{d.Span.Line}:{d.Span.Column} {d.Rule.Code} {d.Message}")];
}
