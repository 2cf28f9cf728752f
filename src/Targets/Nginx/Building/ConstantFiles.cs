using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Model.Files;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// The files below <c>confgen/</c>, whose text is the same for every spec of a version. What a template includes by such a name is
/// rendered, once, and goes beside the files that include it.
/// </summary>
internal sealed class ConstantFiles
{
    /// <summary>The folder, as it stands in <c>include</c>.</summary>
    public const string Folder = "confgen/";

    /// <summary>What the names of files have behind them that differ where a spec has trusted proxies.</summary>
    public const string BehindProxies = "-behind-proxies";

    private const string Ending = ".conf";

    private readonly ITemplates _templates;
    private readonly NginxFeatures _features;
    private readonly Dictionary<string, NginxParse> _parsed = new(StringComparer.Ordinal);

    public ConstantFiles(ITemplates templates, TargetVersion version)
    {
        _templates = templates;
        _features = new NginxFeatures(version);
    }

    /// <summary>Every name that there is, without those of modules that not every nginx has.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. EmbeddedTemplates
            .Names.Where(static name =>
                name.StartsWith("nginx/" + Folder, StringComparison.Ordinal)
                && name.EndsWith(Ending + ScribanTemplates.Extension, StringComparison.Ordinal)
            )
            .Select(static name => name["nginx/".Length..^ScribanTemplates.Extension.Length]),
    ];

    /// <summary>All of them, as they are written for a version.</summary>
    public static IReadOnlyList<ConstantPart> All(ITemplates templates, TargetVersion version)
    {
        var files = new ConstantFiles(templates, version);
        return
        [
            .. Names.Select(name => new ConstantPart(
                name,
                NginxFormatter.Format(files.Find(name).File ?? throw new InvalidOperationException(name))
            )),
        ];
    }

    private static bool Has(NginxDirective directive) =>
        directive is { Block: null, Arguments: [var file] }
        && directive.Name.Is("include")
        && file.Value.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>A file by its name, parsed.</summary>
    public NginxParse Find(string name)
    {
        if (!_parsed.TryGetValue(name, out NginxParse? parse))
        {
            _parsed.Add(name, parse = NginxParser.Parse(_templates.Render($"nginx/{name}{ScribanTemplates.Extension}", ViewOf(name))));
        }

        return parse;
    }

    /// <summary>The files that blocks include, and those that these include, by name.</summary>
    public IReadOnlyDictionary<string, NginxParse> IncludedBy(IEnumerable<NginxBlock> blocks)
    {
        var found = new SortedDictionary<string, NginxParse>(StringComparer.Ordinal);
        foreach (NginxBlock block in blocks)
        {
            AddIncluded(block, found);
        }

        return found;
    }

    private void AddIncluded(NginxBlock block, SortedDictionary<string, NginxParse> found)
    {
        foreach (NginxDirective directive in block.Directives)
        {
            if (directive.Block is { } inner)
            {
                AddIncluded(inner, found);
            }
            else if (
                Has(directive)
                && found.TryAdd(directive.Arguments[0].Value, Find(directive.Arguments[0].Value))
                && found[directive.Arguments[0].Value].File is { } file
            )
            {
                AddIncluded(file, found);
            }
        }
    }

    private ConstantFileView ViewOf(string name)
    {
        bool behind = name.EndsWith(BehindProxies + Ending, StringComparison.Ordinal);
        bool grpc = name.StartsWith(Folder + "grpc", StringComparison.Ordinal);
        return new ConstantFileView
        {
            Trailers = _features.Trailers,
            EarlyHints = _features.EarlyHints,
            BehindProxies = behind,
            Suffix = behind ? BehindProxies : "",
            Family = grpc ? "grpc" : "proxy",
            Headers =
                name.StartsWith(Folder + "auth", StringComparison.Ordinal) ? RequestHeaders.ToAuthServers(behind)
                : name.StartsWith(Folder + "fastcgi", StringComparison.Ordinal) ? RequestHeaders.ToScripts(behind)
                : RequestHeaders.OfFile(name[Folder.Length..^Ending.Length], behind) is [_, ..] part ? part
                : RequestHeaders.ToUpstreams(behind, grpc),
            TrustedNames = [.. RequestHeaders.OfTrustedProxies.Select(NginxNames.HeaderVariable)],
            Types =
            [
                .. MediaTypes.All.Select(static row => new MediaTypeView(
                    NginxQuoting.Argument(row.Type).Text,
                    string.Join(' ', row.Suffixes)
                )),
            ],
            Compressible = string.Join(' ', MediaTypes.Compressible.Where(static type => type != "text/html")),
        };
    }
}
