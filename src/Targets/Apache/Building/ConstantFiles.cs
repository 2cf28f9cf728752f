using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets.Apache.Views;

namespace Confgen.Targets.Apache.Building;

/// <summary>The files below <c>confgen/</c>, whose text is the same for every spec.</summary>
internal static partial class ConstantFiles
{
    /// <summary>The folder, from where httpd's own files are.</summary>
    public const string Folder = "confgen";

    /// <summary>The files that a configuration includes.</summary>
    public static IEnumerable<RenderedFile> IncludedBy(string text, ITemplates templates) =>
        Include()
            .Matches(text)
            .Select(static match => match.Groups["file"].Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(file => Of(file, templates));

    /// <summary>The text with what it includes written out.</summary>
    public static string Inlined(string text, ITemplates templates) =>
        Include()
            .Replace(
                text,
                match =>
                {
                    string indent = match.Value[..^match.Value.TrimStart(' ').Length];
                    IEnumerable<string> lines = Of(match.Groups["file"].Value, templates).Text.TrimEnd().Split('\n');
                    return string.Join('\n', lines.Select(line => line.Length == 0 ? line : indent + line));
                }
            );

    /// <summary>The responses for what goes wrong behind httpd.</summary>
    public static IEnumerable<RenderedFile> Responses(ITemplates templates) =>
        new[] { 500, 502, 503, 504 }.Select(status => Of(string.Create(null, $"{Folder}/{status}.asis"), templates));

    private static RenderedFile Of(string file, ITemplates templates) =>
        new(file, templates.Render($"apache/{file}.scriban", new ConstantView())) { IsConstant = true };

    [GeneratedRegex(
        "^ *Include (?<file>confgen/[a-z-]+\\.conf)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Include();
}
