using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// How addresses in responses are rewritten. A plain text is compared with the start of the value, case included, and may have variables; a
/// regex may not.
/// </summary>
internal sealed class ResponseAddresses(NginxBuild build)
{
    // A URL's path doesn't start with two slashes, nor with what browsers take for one.
    private const string PathRest = @"([^/\\\x00-\x20].*)?$";
    private const string WholeRest = "([?#].*)?$";

    /// <summary>The arguments of <c>proxy_redirect</c>. nginx takes the first one that matches.</summary>
    public IEnumerable<string> Redirects(Route route)
    {
        SourceSpan at = At(route);
        string servers = route.Proxy is { } proxy
            ? string.Join('|', ResponseUrls.Servers(proxy).Select(s => NginxQuoting.EscapeRegex(s)))
            : "";
        foreach (UrlRule rule in ResponseUrls.Location(route).Where(IsExpressible))
        {
            yield return rule.Origin switch
            {
                UrlOrigin.OwnHttp => From(new NginxText().Literal("http://").Variable(SharedVariables.ClientHost), rule, at)
                    + " "
                    + To(Client(), rule, at),
                UrlOrigin.OwnHttps => From(new NginxText().Literal("https://").Variable(SharedVariables.ClientHost), rule, at)
                    + " "
                    + To(new NginxText().Literal("https://").Variable(SharedVariables.ClientHost), rule, at),
                UrlOrigin.Server => Regex($"(?i:^https?://(?:{servers}))", rule, at) + " " + To(Client(), rule, at, "$1"),
                _ => Plain(rule, at),
            };
        }
    }

    /// <summary>The arguments of <c>proxy_cookie_path</c>.</summary>
    public IEnumerable<string> CookiePaths(Route route) => ResponseUrls.CookiePath(route).Select(rule => Plain(rule, At(route)));

    /// <summary>The arguments of <c>proxy_cookie_domain</c>.</summary>
    public IEnumerable<string> CookieDomains(Route route) =>
        (route.Proxy?.ResponseRewrite?.CookieDomain ?? []).Select(m =>
            build.Text(m.From, At(route)) + " " + build.Template(m.To, At(route))
        );

    /// <summary>
    /// Whether nginx can do what the rule says: the host of a request can't be compared with a part of a URL but at its start, so that what
    /// follows can't be looked at.
    /// </summary>
    public static bool IsExpressible(UrlRule rule) => !rule.IsWhole || rule.Origin is UrlOrigin.None or UrlOrigin.Server;

    private string Plain(UrlRule rule, SourceSpan at) =>
        rule.IsWhole || rule.NeedsPath
            ? Regex("^", rule, at) + " " + To(new NginxText(), rule, at, "$1")
            : From(new NginxText(), rule, at) + " " + To(new NginxText(), rule, at);

    private string From(NginxText text, UrlRule rule, SourceSpan at) => build.Use(text.Literal(rule.From).ToQuoted(), at);

    private string Regex(string begin, UrlRule rule, SourceSpan at) =>
        build.Use(
            NginxQuoting.RegexKey(
                begin
                    + NginxQuoting.EscapeRegex(rule.From)
                    + (
                        rule.IsWhole ? WholeRest
                        : rule.NeedsPath ? PathRest
                        : "(.*)$"
                    )
            ),
            at
        );

    private string To(NginxText text, UrlRule rule, SourceSpan at, string rest = "")
    {
        foreach (TemplatePart part in rule.To.Parts)
        {
            text = part.Literal is { } literal
                ? text.HeaderLiteral(literal)
                : text.Variable(part.Placeholder == Placeholder.Scheme ? "scheme" : "host");
        }

        return build.Use((rest.Length > 0 ? text.Written(rest) : text).ToQuoted(), at);
    }

    private static NginxText Client() =>
        new NginxText().Variable(SharedVariables.ForwardedProto).Literal("://").Variable(SharedVariables.ClientHost);

    private static SourceSpan At(Route route) => route.At.Of(RouteFields.RewriteResponse);
}
