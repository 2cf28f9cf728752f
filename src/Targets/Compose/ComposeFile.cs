using System.Text.RegularExpressions;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Compose;

/// <summary>Reads compose files: labels, arguments and ports of services. Later files add to earlier ones.</summary>
internal static partial class ComposeFile
{
    /// <summary>The file as a map; null where it is no compose file.</summary>
    public static MapSyntax? Parse(string name, string text) =>
        YamlText.Read(new SourceText(name, text), new DiagnosticBag()) is MapSyntax root && root.Find("services") is MapSyntax
            ? root
            : null;

    /// <summary>The services of the files, in the order in which they are first named.</summary>
    public static IReadOnlyList<ComposeSource> Read(IEnumerable<MapSyntax> files)
    {
        var services = new Dictionary<string, ComposeSource>(StringComparer.Ordinal);
        var order = new List<ComposeSource>();
        foreach (EntrySyntax entry in files.SelectMany(static file => (file.Find("services") as MapSyntax)?.Entries ?? []))
        {
            if (entry.Value is not MapSyntax settings)
            {
                continue;
            }

            if (!services.TryGetValue(entry.Key.Value, out ComposeSource? service))
            {
                services[entry.Key.Value] = service = new ComposeSource(entry.Key.Value);
                order.Add(service);
            }

            Read(settings, service);
        }

        return order;
    }

    private static void Read(MapSyntax settings, ComposeSource service)
    {
        Labels(settings.Find("labels"), service);
        Labels((settings.Find("deploy") as MapSyntax)?.Find("labels"), service);
        foreach (ScalarSyntax argument in Scalars(settings.Find("command")))
        {
            service.Command.AddRange(
                (
                    settings.Find("command") is ScalarSyntax
                        ? argument.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                        : [argument.Value]
                ).Select(text => (Interpolated(text), argument.Span))
            );
        }

        foreach (SyntaxNode port in (settings.Find("ports") as ListSyntax)?.Items ?? [])
        {
            string? target = port is MapSyntax map
                ? (map.Find("target") as ScalarSyntax)?.Value
                : (port as ScalarSyntax)?.Value.Split(':')[^1];
            if (target is not null)
            {
                service.Ports.Add(Interpolated(target.Split('/')[0]));
            }
        }

        service.Ports.AddRange(Scalars(settings.Find("expose")).Select(static port => Interpolated(port.Value.Split('/')[0])));
    }

    private static void Labels(SyntaxNode? node, ComposeSource service)
    {
        foreach (EntrySyntax entry in (node as MapSyntax)?.Entries ?? [])
        {
            string value = entry.Value is ScalarSyntax { IsNull: false } scalar ? scalar.Value : "";
            Label(entry.Key.Value, value, entry.Key, service);
        }

        foreach (ScalarSyntax item in (node as ListSyntax)?.Items.OfType<ScalarSyntax>() ?? [])
        {
            string[] parts = item.Value.Split('=', 2);
            Label(parts[0], parts.Length > 1 ? parts[1] : "", item, service);
        }
    }

    // The later one of a name counts.
    private static void Label(string name, string value, ScalarSyntax at, ComposeSource service)
    {
        string label = Interpolated(name);
        service.Labels.RemoveAll(other => other.Name == label);
        service.Labels.Add((label, Interpolated(value), at.Span));
    }

    private static IEnumerable<ScalarSyntax> Scalars(SyntaxNode? node) =>
        node is ScalarSyntax { IsNull: false } one ? [one] : (node as ListSyntax)?.Items.OfType<ScalarSyntax>() ?? [];

    // Two dollars are one; variables stay what they are, as a spec has them too.
    private static string Interpolated(string text) =>
        Variables()
            .Replace(
                text,
                static match =>
                    match.Value == "$$" ? "$"
                    : match.Groups["default"].Success
                        ? $"{OutputText.VariableSign}{{{match.Groups["name"].Value}:-{match.Groups["default"].Value}}}"
                    : $"{OutputText.VariableSign}{{{match.Groups["name"].Value}}}"
            );

    [GeneratedRegex(
        @"\$\$|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::?-(?<default>[^{}]*)|:?[?+][^{}]*)?\}|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Variables();
}
