using Confgen.Compiler.Syntax;
using Confgen.Model.Sources;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>
/// Reads <c>server.reverse_proxy</c>. A rule becomes a route whose prefix is cut, with WebSocket on, and with the server's own host and
/// port as Host, which is what PyServe sends.
/// </summary>
internal static class RuleReader
{
    public static IEnumerable<SyntaxNode> Routes(ConfigFile config, TakenPaths taken)
    {
        foreach (MapSyntax rule in ConfigFile.List(config.Server, "reverse_proxy").OfType<MapSyntax>())
        {
            if (
                ConfigFile.Scalar(rule, "path") is { } path
                && PathOf(config, path) is { } prefix
                && taken.Take(path, path.Value)
                && Route(config, rule, path, prefix) is { } route
            )
            {
                yield return route;
            }
        }
    }

    /// <summary>
    /// A path of PyServe's, which is raw, as a spec writes it: decoded. Null, with a report, where no request can have it.
    /// </summary>
    public static string? PathOf(ConfigFile config, ScalarSyntax path)
    {
        if (path.Value.Length > 0 && path.Value[0] != '/')
        {
            config.Report(ReadingRules.BadValue, path.Span, $"no request's path starts with '{path.Value}'", $"write '/{path.Value}'");
            return null;
        }

        return path.Value.Length == 0 ? "/" : Uri.UnescapeDataString(path.Value);
    }

    private static MapSyntax? Route(ConfigFile config, MapSyntax rule, ScalarSyntax path, string prefix)
    {
        if (ConfigFile.Scalar(rule, "host") is not { } host || ConfigFile.Scalar(rule, "port") is not { } port)
        {
            return null;
        }

        bool everything = prefix == "/";
        if (!everything)
        {
            string difference = prefix.EndsWith('/')
                ? $"doesn't take '{prefix.TrimEnd('/')}' itself; here it does"
                : $"takes '{prefix}foo' too; here it takes whole segments";
            config.Report(ReadingRules.Segments, path.Span, $"PyServe's rule for '{prefix}' {difference}");
        }

        string scheme = ConfigFile.Boolean(rule, "ssl") == true ? "https" : "http";
        return SpecNodes.Map(
            rule.Span,
            [
                ("path", SpecNodes.Text(prefix, path.Span)),
                ("proxy", SpecNodes.Text($"{scheme}://{host.Value}:{port.Value}", host.Span)),
                ("strip_prefix", everything ? null : SpecNodes.Word("true", path.Span)),
                ("rewrite_response", everything ? null : SpecNodes.Word("off", path.Span)),
                .. Proxied(path.Span),
            ]
        );
    }

    /// <summary>What holds for everything that PyServe proxies.</summary>
    public static (string Key, SyntaxNode? Value)[] Proxied(SourceSpan span) =>
        [("host", SpecNodes.Text("upstream", span)), ("websocket", SpecNodes.Word("true", span))];
}
