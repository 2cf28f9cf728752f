using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Syntax;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Lines of <c>header_down</c> that rewrite addresses in responses. Caddy applies each of them to the result of the one before: where there
/// are several, a mark is put before the value, which the first one that matches takes away, so that no other does. In the mark stands the
/// host of the request, since a release before 2.11 has no placeholders in a regex.
/// </summary>
/// <param name="texts">Quotes for the snippets that upstreams stand in.</param>
/// <param name="site">The site.</param>
/// <param name="route">The route.</param>
internal sealed class ResponseAddresses(CaddyQuoter texts, Site site, Route route)
{
    private static readonly CaddyVersion _expandsRegexesSince = new(11);

    private const string HostPort = "{http.request.hostport}";
    private const string Scheme = "{http.request.scheme}";
    private const string AnyMark = "<[^<>]*>";

    // A URL's path doesn't start with two slashes, nor with what browsers take for one.
    private const string NoSlash = @"[^/\\\x00-\x20";

    private readonly SourceSpan _at = route.At.Of(RouteFields.RewriteResponse);

    /// <summary>The lines, without the directive's name.</summary>
    public IEnumerable<string> Lines()
    {
        UrlRule[] urls =
        [
            .. ResponseUrls
                .Location(route)
                .Where(rule => rule.Origin is not (UrlOrigin.OwnHttp or UrlOrigin.OwnHttps) || Own(rule.Origin).Length > 0),
        ];
        var url = new Field("Location", "^", "", ".*", "(?:[?#].*)?", "$", "");
        return
        [
            .. Lines(url, urls),
            .. Lines(url with { Name = "Refresh", Begin = "^((?i:.*?url))=", Kept = "$1=" }, urls),
            .. Lines(new Field("Set-Cookie", Attribute("path"), "$1=", "[^;]*", @"[ \t]*", "(?:;|$)", ";"), ResponseUrls.CookiePath(route)),
            .. (route.Proxy?.ResponseRewrite?.CookieDomain ?? []).Select(mapping =>
                Line(
                    "Set-Cookie",
                    Attribute("domain") + @"\.?(?i:" + PathPattern.Escape(mapping.From) + @")([ \t]*(?:;|$))",
                    [Literal("$1="), .. Parts(mapping.To), Literal("$2")]
                )
            ),
        ];
    }

    private static string Attribute(string name) => $@"(;[ \t]*(?i:{name})[ \t]*)=[ \t]*";

    private IEnumerable<string> Lines(Field field, IReadOnlyList<UrlRule> rules)
    {
        bool isMarked = rules.Count > 1 || rules.Any(static rule => rule.Origin != UrlOrigin.None);
        bool trusts = texts.TrustedProxies is not null && rules.Any(static rule => rule.Origin is UrlOrigin.OwnHttp or UrlOrigin.Server);
        CaddyPart kept = Literal(field.Kept);
        CaddyPart rest = Literal(field.Kept.Length > 0 ? "$2" : "$1");
        if (isMarked)
        {
            yield return Line(field.Name, field.Begin, [kept, Literal("<"), Placeholder(HostPort), Literal(">")]);
        }

        foreach (UrlRule rule in rules)
        {
            string tail =
                rule.IsWhole ? $"({field.WholeRest}{field.End})"
                : rule.NeedsPath ? $"((?:{NoSlash}{field.Stop}]{field.Rest})?{field.End})"
                : $"({field.Rest}{field.End})";
            yield return Line(
                field.Name,
                field.Begin + Origin(rule.Origin, isMarked) + PathPattern.Escape(rule.From) + tail,
                [kept, .. Client(rule.Origin, trusts), .. Parts(rule.To), rest]
            );
        }

        if (trusts)
        {
            // What a trusted proxy says of the client's scheme goes before this connection's own.
            yield return Line(field.Name, field.Begin + @"<([A-Za-z]+)\|[a-z]+>(://.*)$", [kept, rest, Literal(Next(rest))]);
            yield return Line(field.Name, field.Begin + @"<[^<>]*\|([a-z]+)>(://.*)$", [kept, rest, Literal(Next(rest))]);
        }

        if (isMarked)
        {
            yield return Line(field.Name, field.Begin + AnyMark + $"({field.Rest}{field.End})", [kept, rest]);
        }
    }

    private static string Next(CaddyPart group) => group.Text == "$1" ? "$2" : "$3";

    private string Origin(UrlOrigin origin, bool isMarked) =>
        origin switch
        {
            UrlOrigin.OwnHttp or UrlOrigin.OwnHttps => Own(origin),
            UrlOrigin.Server => $"{AnyMark}https?://(?i:{Servers()})",
            _ => isMarked ? AnyMark : "",
        };

    private static IEnumerable<CaddyPart> Client(UrlOrigin origin, bool trusts) =>
        origin switch
        {
            UrlOrigin.None => [],
            UrlOrigin.OwnHttps => [Literal("https://"), Placeholder(HostPort)],
            _ when trusts =>
            [
                Literal("<"),
                Placeholder("{http.request.header.X-Forwarded-Proto}"),
                Literal("|"),
                Placeholder(Scheme),
                Literal(">://"),
                Placeholder(HostPort),
            ],
            _ => [Placeholder(Scheme), Literal("://"), Placeholder(HostPort)],
        };

    private string Servers() => route.Proxy is { } proxy ? string.Join('|', ResponseUrls.Servers(proxy).Select(PathPattern.Escape)) : "";

    // The mark, the scheme and the host, where the last is the one in the mark; nothing where that can't be said.
    private string Own(UrlOrigin origin)
    {
        string scheme = origin == UrlOrigin.OwnHttp ? "http://" : "https://";
        if (texts.Version >= _expandsRegexesSince)
        {
            return AnyMark + scheme + "(?i:" + HostPort + ")";
        }

        string[] ports =
        [
            "",
            .. site
                .Listen.Where(static l => l.SocketPath is null)
                .Select(static l => string.Create(CultureInfo.InvariantCulture, $":{l.Port}")),
        ];
        string[] names =
        [
            .. site
                .Hosts.Where(static host => host.Kind == HostPatternKind.Exact)
                .SelectMany(host => ports.Distinct().Select(port => "(?i:" + PathPattern.Escape(host.Name) + ")" + port))
                .Select(name => $"<{name}>{scheme}{name}"),
        ];
        return names.Length == 0 ? "" : "(?:" + string.Join('|', names) + ")";
    }

    private IEnumerable<CaddyPart> Parts(TextTemplate template) =>
        template.Parts.Select(part =>
            part.Literal is { } literal ? Literal(literal.Replace("$", "$$", StringComparison.Ordinal))
            : part.Placeholder == Model.Templates.Placeholder.Scheme ? Placeholder(Scheme)
            : texts.Host
        );

    private string Line(string field, string regex, CaddyPart[] to) =>
        field + " " + texts.Regex(regex, HostPort, _at) + " " + texts.HeaderValue(to, _at);

    private static CaddyPart Literal(string text) => new(text, IsPlaceholder: false);

    private static CaddyPart Placeholder(string text) => new(text, IsPlaceholder: true);

    /// <summary>A field, and the regexes of what stands around a URL or a path in it.</summary>
    /// <param name="Name">The field's name.</param>
    /// <param name="Begin">What stands before.</param>
    /// <param name="Kept">What is kept of that.</param>
    /// <param name="Rest">What follows the text that is exchanged.</param>
    /// <param name="WholeRest">What may follow a whole path.</param>
    /// <param name="End">Where the value ends.</param>
    /// <param name="Stop">Characters that end it.</param>
    private sealed record Field(string Name, string Begin, string Kept, string Rest, string WholeRest, string End, string Stop);
}
