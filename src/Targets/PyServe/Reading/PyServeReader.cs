using Confgen.Compiler.Files;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Targets.PyServe.Syntax;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>
/// Reads PyServe's <c>config.yaml</c> as a spec of one site that takes every host. Its routes stand in the order in which PyServe asks:
/// (1) routing extensions, (2) rules, (3) redirects, (4) files; what an earlier one takes is left out of the later.
/// </summary>
internal static class PyServeReader
{
    private static readonly string[] Own = ["server", "http", "ssl", "logging", "extensions"];
    private static readonly string[] OfSpecs =
    [
        "sites",
        "upstreams",
        "defaults",
        "include",
        "tunnels",
        "targets",
        "trusted_proxies",
        "tests",
        "lint",
    ];

    public static bool Recognizes(MapSyntax root) =>
        Own.Any(key => root.Find(key) is not null) && OfSpecs.All(key => root.Find(key) is null);

    public static MapSyntax? Convert(MapSyntax root, IFileSystem files, DiagnosticBag diagnostics)
    {
        var config = new ConfigFile(root, files, diagnostics);
        foreach (PyServeFinding finding in PyServeGrammar.Check(root))
        {
            Report(config, finding);
        }

        if (config.Server?.Find("locations") is { } locations and not ListSyntax { Items.Count: 0 } and not MapSyntax { Entries.Count: 0 })
        {
            config.Report(
                ReadingRules.NotRead,
                locations.Span,
                "passwords of 'locations' are not taken over",
                "in a spec a route has 'basic_auth' with hashed passwords"
            );
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        var taken = new TakenPaths(config);
        List<SyntaxNode> routes =
        [
            .. RoutingReader.Routes(config, taken),
            .. RuleReader.Routes(config, taken),
            .. RedirectReader.Routes(config, taken),
        ];
        routes.AddRange(FilesReader.Routes(config, taken, needed: routes.Count == 0));

        SourceSpan place = config.Server?.Span ?? root.Span;
        SyntaxNode? tls = ListenerReader.Tls(config);
        MapSyntax site = SpecNodes.Map(
            place,
            ("host", SpecNodes.Text("_", place)),
            ("listen", ListenerReader.Listen(config)),
            ("tls", tls),
            ("redirect_http", tls is null ? null : SpecNodes.Word("false", tls.Span)),
            ("log", LogReader.Log(config)),
            ("routes", SpecNodes.List(routes, place))
        );
        return diagnostics.HasErrors ? null : SpecNodes.Map(root.Span, ("sites", SpecNodes.List([site], place)));
    }

    private static void Report(ConfigFile config, PyServeFinding finding)
    {
        Rule rule = finding.Fault switch
        {
            PyServeFault.UnknownKey => ReadingRules.UnknownKey,
            PyServeFault.DoesNotStart => ReadingRules.DoesNotStart,
            _ => ReadingRules.BadValue,
        };
        config.Report(rule, finding.Span, finding.Message, finding.Hint);
    }
}
