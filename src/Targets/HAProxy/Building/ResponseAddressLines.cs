using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.HAProxy.Syntax;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// How addresses in responses are rewritten. Of the rules on a URL the first one whose regex fits is noted, and it alone replaces; a
/// response has several cookies, so that those which a rule has changed get a mark until all rules have passed.
/// </summary>
internal sealed class ResponseAddressLines(HAProxyTexts texts)
{
    // A URL's path doesn't start with two slashes, nor with what browsers take for one.
    private const string PathRest = @"((?:[^/\\\x00-\x20].*)?)$";
    private const string WholeRest = "((?:[?#].*)?)$";
    private const string Mark = "\u0001";

    /// <summary>What keeps the client's words for the response.</summary>
    public IEnumerable<string> Request(Route route)
    {
        if (ResponseUrls.Location(route).Any(static rule => rule.Origin is not UrlOrigin.None))
        {
            texts.Keep("authority", "req.hdr(host)");
            yield return "http-request set-var(txn.client_scheme) req.hdr(x-forwarded-proto)";
            yield return "http-request set-var(txn.client_host) var(txn.authority),lower";
        }
    }

    /// <summary>What rewrites, on the response of the upstream.</summary>
    public IEnumerable<string> Response(Route route)
    {
        SourceSpan at = route.At.Of(RouteFields.RewriteResponse);
        IReadOnlyList<UrlRule> rules = ResponseUrls.Location(route);
        return
            rules.Count == 0 && ResponseUrls.CookiePath(route).Count == 0 && route.Proxy?.ResponseRewrite?.CookieDomain.Count is null or 0
            ? []
            :
            [
                .. Url(route, rules, "location", "", at),
                .. Url(route, rules, "refresh", "(?i:[^,;]*[,;] *url=)", at),
                .. Cookies([.. ResponseUrls.CookiePath(route).Select(rule => (Path(rule), To("", rule.To, at)))], at),
                .. Cookies([.. (route.Proxy?.ResponseRewrite?.CookieDomain ?? []).Select(each => (Domain(each), To("", each.To, at)))], at),
            ];
    }

    private IEnumerable<string> Url(Route route, IReadOnlyList<UrlRule> rules, string field, string before, SourceSpan at)
    {
        string servers = route.Proxy is { } proxy
            ? string.Join('|', ResponseUrls.Servers(proxy).Select(static s => RegexText.Escape(s, RegexDialect.Pcre)))
            : "";
        if (rules.Any(static rule => rule.Origin is UrlOrigin.OwnHttp or UrlOrigin.OwnHttps))
        {
            yield return $"http-response set-var(txn.{field}_host) res.fhdr({field})"
                + (before.Length > 0 ? ",regsub('^.*[uU][rR][lL]=','')" : "")
                + ",field(3,/),lower";
        }

        (string Regex, string To, bool IsOwn)[] each =
        [
            .. rules.Select(rule =>
                (
                    $"^({before}{Begin(rule.Origin, servers)}" + RegexText.Escape(rule.From, RegexDialect.Pcre) + Rest(rule),
                    To(Client(rule.Origin), rule.To, at),
                    rule.Origin is UrlOrigin.OwnHttp or UrlOrigin.OwnHttps
                )
            ),
        ];
        string noted = $"txn.{field}_rule";
        for (int i = 0; i < each.Length; i++)
        {
            yield return string.Create(null, $"http-response set-var({noted}) int({i + 1}) if {{ res.fhdr({field}) -m reg -- ")
                + $"{texts.Regex(each[i].Regex, at)} }}"
                + (each[i].IsOwn ? $" {{ var(txn.{field}_host),strcmp(txn.client_host) eq 0 }}" : "")
                + (i > 0 ? $" !{{ var({noted}) -m found }}" : "");
        }

        for (int i = 0; i < each.Length; i++)
        {
            yield return $"http-response replace-header {field} {texts.Word(each[i].Regex, at)} {texts.Word(each[i].To, at)} "
                + string.Create(null, $"if {{ var({noted}) -m int {i + 1} }}");
        }
    }

    private IEnumerable<string> Cookies(IReadOnlyList<(string Regex, string To)> rules, SourceSpan at)
    {
        bool marks = rules.Count > 1;
        foreach ((string regex, string to) in rules)
        {
            yield return "http-response replace-header Set-Cookie "
                + $"{texts.Word((marks ? $"^(?!{Mark})" : "^") + regex, at)} {texts.Word((marks ? Mark : "") + to, at)}";
        }

        if (marks)
        {
            yield return $"http-response replace-header Set-Cookie {texts.Word($"^{Mark}(.*)$", at)} {texts.Word(@"\1", at)}";
        }
    }

    // The first group is what stays before the text, the second what stays behind it.
    private static string Begin(UrlOrigin origin, string servers) =>
        origin switch
        {
            UrlOrigin.OwnHttp => ")http://[^/]*",
            UrlOrigin.OwnHttps => "https://[^/]*)",
            UrlOrigin.Server => $")(?i:https?://(?:{servers}))",
            _ => ")",
        };

    private static string Client(UrlOrigin origin) =>
        origin is UrlOrigin.OwnHttp or UrlOrigin.Server ? "%[var(txn.client_scheme)]://%[var(txn.authority)]" : "";

    private static string Rest(UrlRule rule) =>
        rule.IsWhole ? WholeRest
        : rule.NeedsPath ? PathRest
        : "(.*)$";

    private static string Path(UrlRule rule) =>
        "([^;]*;(?:.*;)?[ \\t]*(?i:path)=)"
        + RegexText.Escape(rule.From, RegexDialect.Pcre)
        + (
            rule.IsWhole ? "((?:[ \\t]*;.*)?)$"
            : rule.NeedsPath ? PathRest
            : "(.*)$"
        );

    private static string Domain(TextMapping mapping) =>
        $"([^;]*;(?:.*;)?[ \\t]*(?i:domain)=)\\.?(?i:{RegexText.Escape(mapping.From.TrimStart('.'), RegexDialect.Pcre)})((?:[ \\t]*;.*)?)$";

    private string To(string begin, TextTemplate to, SourceSpan at) =>
        @"\1"
        + begin
        + string.Concat(
            to.Parts.Select(part =>
                part.Literal is { } literal ? HAProxyQuoting.EscapeReplacement(literal) : texts.Reference(part, at, server: null)
            )
        )
        + @"\2";
}
