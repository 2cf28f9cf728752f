using Confgen.Compiler.Files;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>A configuration under way to a spec: its sections, and where findings go.</summary>
internal sealed class ConfigFile(MapSyntax root, IFileSystem files, DiagnosticBag diagnostics)
{
    public MapSyntax Root { get; } = root;

    public MapSyntax? Server { get; } = root.Find("server") as MapSyntax;

    public MapSyntax? Http { get; } = root.Find("http") as MapSyntax;

    public MapSyntax? Ssl { get; } = root.Find("ssl") as MapSyntax;

    public MapSyntax? Logging { get; } = root.Find("logging") as MapSyntax;

    public static ScalarSyntax? Scalar(MapSyntax? map, string key) => map?.Find(key) as ScalarSyntax;

    public static IReadOnlyList<SyntaxNode> List(MapSyntax? map, string key) => (map?.Find(key) as ListSyntax)?.Items ?? [];

    /// <summary>A boolean as YAML 1.1 reads it.</summary>
    public static bool? Boolean(MapSyntax? map, string key) =>
        Scalar(map, key)?.Value.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" => true,
            "FALSE" or "NO" or "OFF" => false,
            _ => null,
        };

    public void Report(Rule rule, SourceSpan span, string message, string? hint = null, params ReadOnlySpan<RelatedSpan> related) =>
        diagnostics.Report(rule, span, message, hint, related);

    /// <summary>
    /// Whether a folder that the file names is there. PyServe looks from where it is started, which is the file's own folder as a rule.
    /// </summary>
    public bool HasFolder(ScalarSyntax name) => files.DirectoryExists(Beside(name));

    /// <summary>A file name, absolute.</summary>
    public static string Absolute(ScalarSyntax name) => Path.GetFullPath(Beside(name));

    private static string Beside(ScalarSyntax name) => Path.Combine(Path.GetDirectoryName(name.Span.File) ?? "", name.Value);
}
