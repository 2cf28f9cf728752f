using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Values of a request by name. Caddy's own placeholders of cookies and parameters decode what they find, and those of fields see what
/// earlier directives have made of them: so fields are kept at the start, and the others are found by a regex in what was sent.
/// </summary>
internal static class RequestValues
{
    private const string Query = "{http.request.orig_uri.query}";
    private const string CookieField = "Cookie";

    /// <summary>The placeholder of what was asked for; null where it is none of these.</summary>
    public static string? Placeholder(TemplatePart part) =>
        part.Placeholder switch
        {
            Model.Templates.Placeholder.Query => Query,
            Model.Templates.Placeholder.Header => Kept(part.Name),
            Model.Templates.Placeholder.Cookie => "{cookie_" + Encoded(part.Name) + "}",
            Model.Templates.Placeholder.QueryValue => "{query_" + Encoded(part.Name) + "}",
            Model.Templates.Placeholder.Group => "{path_" + Encoded(part.Name) + "_" + Mark(part) + "}",
            _ => null,
        };

    /// <summary>Words that name what was asked for, each text for one part alone: for a matcher's name.</summary>
    public static string Word(TemplatePart part) => Placeholder(part) is Query or null ? "query" : Placeholder(part)!.Trim('{', '}');

    /// <summary>The lines of the site's block that keep fields, as <c>header_x_mode {http.request.header.X-Mode}</c>.</summary>
    public static IEnumerable<string> Fields(CaddyQuoter texts, Site site) =>
        Asked(site)
            .Select(static part =>
                part.Placeholder == Model.Templates.Placeholder.Header ? part.Name
                : part.Placeholder == Model.Templates.Placeholder.Cookie ? CookieField
                : null
            )
            .OfType<string>()
            .DistinctBy(static name => name.ToLowerInvariant())
            .Select(name =>
                Variable(name) + " " + texts.HeaderValue([new CaddyPart($"{{http.request.header.{name}}}", true)], site.At.Span)
            );

    /// <summary>The look-ups in the site's block.</summary>
    public static IEnumerable<ValueLookupView> Lookups(CaddyQuoter texts, Site site) =>
        Asked(site)
            .Select(part =>
                part.Placeholder switch
                {
                    Model.Templates.Placeholder.Cookie => Lookup(
                        texts,
                        site,
                        part,
                        Kept(CookieField),
                        $"(?:^|;)[ \\t]*{PathPattern.Escape(part.Name)}=([^;]*?)[ \\t]*(?:;|$)"
                    ),
                    Model.Templates.Placeholder.QueryValue => Lookup(
                        texts,
                        site,
                        part,
                        Query,
                        $"(?:^|&){PathPattern.Escape(part.Name)}=([^&]*)"
                    ),
                    Model.Templates.Placeholder.Group => Lookup(
                        texts,
                        site,
                        part,
                        NormalizedPaths.Placeholder,
                        part.Regex?.Write(RegexDialect.Re2) ?? ""
                    ) with
                    {
                        Group = part.GroupNumber,
                    },
                    _ => null,
                }
            )
            .OfType<ValueLookupView>();

    private static ValueLookupView Lookup(CaddyQuoter texts, Site site, TemplatePart part, string source, string regex) =>
        new(source, Placeholder(part) ?? "", texts.Regex("~" + regex, site.At.Span));

    // Of two regexes with a group of the same name.
    private static string Mark(TemplatePart part) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part.Regex?.Text ?? "")).AsSpan(0, 3));

    private static IEnumerable<TemplatePart> Asked(Site site) =>
        site
            .Routes.SelectMany(route =>
                EffectiveHeaders.Request(site, route).SelectMany(static edit => edit.Values).Concat(route.Locations)
            )
            .Concat(ResponseHeaders.All(site).SelectMany(static edit => edit.Values))
            .SelectMany(static text => text.Parts)
            .Where(static part => part.Literal is null)
            .Distinct();

    private static string Kept(string name) => "{http.vars." + Variable(name) + "}";

    private static string Variable(string name) => "header_" + Encoded(name.ToLowerInvariant());

    // What a name of a placeholder may hold, also in an expression; different names stay different.
    private static string Encoded(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            text.Append(
                c is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? c.ToString()
                : c == '-' ? "_"
                : "." + ((int)c).ToString("x2", CultureInfo.InvariantCulture)
            );
        }

        return text.ToString();
    }
}
