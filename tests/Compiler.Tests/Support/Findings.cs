namespace Confgen.Compiler.Tests.Support;

/// <summary>Runs the lint rules over small specs.</summary>
internal static class Findings
{
    /// <summary>The codes of what is found in a spec, each once.</summary>
    public static string[] Codes(string yaml, IReadOnlyDictionary<string, string>? files = null) =>
        [.. Compile.Text(yaml, files).Diagnostics.Select(d => d.Rule.Code).Distinct(StringComparer.Ordinal)];

    /// <summary>The places of a rule's findings, as <c>line:column</c>.</summary>
    public static string[] Places(string code, string yaml) =>
        [.. Compile.Text(yaml).Diagnostics.Where(d => d.Rule.Code == code).Select(d => $"{d.Span.Line}:{d.Span.Column}")];

    /// <summary>A site named <c>a.example.com</c> with these routes, each a flow map.</summary>
    public static string Site(params string[] routes) =>
        "sites:\n  - host: a.example.com\n    routes:\n" + string.Concat(routes.Select(r => $"      - {{ {r} }}\n"));
}
