using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Compiler.Syntax;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Compose;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Caddy.Labels;

/// <summary>Makes the Caddyfile of compose files that caddy-docker-proxy would make of their labels.</summary>
internal static partial class CaddyLabelFiles
{
    /// <summary>Whether a file is one of compose with labels of caddy-docker-proxy.</summary>
    public static bool HasLabels(string name, string text) =>
        ComposeFile.Parse(name, text) is { } root
        && ComposeFile.Read([root]).SelectMany(static s => s.Labels).Any(static l => IsOne(l.Name));

    /// <summary>The request with a Caddyfile in the place of such files; the same one where there are none.</summary>
    public static ImportRequest Unfold(ImportRequest request)
    {
        (string Name, MapSyntax? Root)[] read =
        [
            .. request.Files.Select(static file => (file.Name, ComposeFile.Parse(file.Name, file.Text))),
        ];
        if (Array.TrueForAll(read, static file => file.Root is null))
        {
            return request;
        }

        var labels = new List<CaddyLabel>();
        IReadOnlyList<ComposeSource> services = ComposeFile.Read(read.Select(static file => file.Root).OfType<MapSyntax>());
        for (int i = 0; i < services.Count; i++)
        {
            foreach ((string name, string value, _) in services[i].Labels.Where(static label => IsOne(label.Name)))
            {
                labels.Add(new CaddyLabel(Prefix().Replace(name, match => Numbered(match, i), 1), Value(value, services[i])));
            }
        }

        string text = WithVariables(CaddyLabelReader.Read(labels, CaddyVersion.Newest));
        return request with
        {
            Files =
            [
                (read.First(static file => file.Root is not null).Name + ", as a Caddyfile", text),
                .. request.Files.Where((_, i) => read[i].Root is null),
            ],
        };
    }

    private static bool IsOne(string name) => Prefix().IsMatch(name);

    // Labels of several services have the same names.
    private static string Numbered(Match match, int service)
    {
        string number = match.Groups["number"].Value;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{CaddyLabelReader.Prefix}_{service + 1}{(number.Length == 0 ? "" : number.PadLeft(4, '0'))}{match.Groups["dot"].Value}"
        );
    }

    // The servers of a service are its containers, which its name stands for.
    private static string Value(string value, ComposeSource service) =>
        Upstreams()
            .Replace(
                value,
                match =>
                {
                    string scheme = match.Groups["scheme"].Value;
                    string port = match.Groups["port"].Success ? match.Groups["port"].Value : service.Ports.FirstOrDefault("80");
                    return $"{(scheme.Length > 0 ? scheme + "://" : "")}{service.Name}:{port}";
                }
            );

    // Variables of compose are the Caddyfile's.
    private static string WithVariables(string text) =>
        Variables()
            .Replace(
                text,
                static match =>
                    match.Groups["default"].Success
                        ? $"{{${match.Groups["name"].Value}:{match.Groups["default"].Value}}}"
                        : $"{{${match.Groups["name"].Value}}}"
            );

    [GeneratedRegex(@"\Acaddy(?:_(?<number>[0-9]{1,4}))?(?<dot>\.|\z)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\{\{ *upstreams(?: +(?<scheme>https?|h2c))?(?: +(?<port>[0-9]+))? *\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Upstreams();

    [GeneratedRegex("\uE000\\{(?<name>[A-Za-z0-9_]+)(?::-(?<default>[^}]*))?\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variables();
}
