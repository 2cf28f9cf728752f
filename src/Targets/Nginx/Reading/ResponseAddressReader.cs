using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// Reads what is done to addresses in responses: <c>proxy_redirect</c>, <c>proxy_cookie_path</c> and <c>proxy_cookie_domain</c>.
/// </summary>
internal static class ResponseAddressReader
{
    private const string Field = "rewrite_response";

    /// <summary>Writes what holds for a location that forwards.</summary>
    /// <param name="reading">The reading under way.</param>
    /// <param name="pass">The directive that forwards.</param>
    /// <param name="target">What it says.</param>
    /// <param name="location">The location, whose route says already what the upstream sees.</param>
    /// <param name="site">The site.</param>
    public static void Read(ReadingState reading, SourceDirective pass, ProxyTarget target, Location location, SiteContext site)
    {
        IReadOnlyList<SourceDirective> redirects = location.Scope.Effective("proxy_redirect");
        foreach (SourceDirective directive in redirects)
        {
            if (directive.First == "off")
            {
                directive.Entry.Imply("the upstream's Location passes as it is");
            }
            else if (directive.First == "default")
            {
                Default(directive, pass, target, location);
            }
            else
            {
                Exchange(reading, directive, "location", location, site);
            }
        }

        // Where nothing is written nginx takes its default; an upstream that sees the client's Host hardly names itself.
        OutputMap route = location.Route;
        bool isHidden =
            target.Path.Length > 0 || route["host"] is not null || route["strip_prefix"] is not null || route["replace_prefix"] is not null;
        if (redirects.Count == 0 && !pass.First.Contains('$', StringComparison.Ordinal) && isHidden)
        {
            Default(null, pass, target, location);
        }

        foreach (
            (string name, string key) in ((string, string)[])
                [("proxy_cookie_path", "cookie_path"), ("proxy_cookie_domain", "cookie_domain")]
        )
        {
            foreach (SourceDirective directive in location.Scope.Effective(name))
            {
                if (directive.First == "off")
                {
                    directive.Entry.Imply("the upstream's cookies pass as they are");
                }
                else
                {
                    Exchange(reading, directive, key, location, site);
                }
            }
        }
    }

    // The argument of proxy_pass goes back to the location's own path.
    private static void Default(SourceDirective? directive, SourceDirective pass, ProxyTarget target, Location location)
    {
        if (pass.First.Contains('$', StringComparison.Ordinal) || !pass.First.StartsWith("http", StringComparison.Ordinal))
        {
            directive?.Entry.Lose("the default depends on the argument of 'proxy_pass', which has variables or no URL");
            return;
        }

        bool hasPath = target.Path.Length > 0;
        string to =
            hasPath && location.Kind is LocationKind.Prefix or LocationKind.PrefixFirst or LocationKind.Exact ? location.Pattern : "/";
        OutputNode place = location.Route.Map(Field).Map("location").Set(hasPath ? pass.First : pass.First + "/", Braced(to));
        directive?.Entry.Say(place);
    }

    private static void Exchange(ReadingState reading, SourceDirective directive, string key, Location location, SiteContext site)
    {
        var used = new List<SourceDirective>();
        if (directive.Arguments is not [var first, var second])
        {
            directive.Entry.Lose("it has two arguments");
            return;
        }

        List<TextPart> replaced = reading.Variables.Expand(first, location.Scope, site, used);
        List<TextPart> by = reading.Variables.Expand(second, location.Scope, site, used);
        if (
            first.StartsWith('~')
            || SpecText.Template(replaced, site, out _) is not { } from
            || from.Contains('{', StringComparison.Ordinal)
        )
        {
            directive.Entry.Lose("a spec exchanges texts that are known before the request, and no regexes");
            return;
        }

        string? problem = null;
        string? to =
            by.Exists(p => p is { IsVariable: true, Text: "http_host" or "server_port" }) && !site.HasUsualPort
                ? null
                : SpecText.Template(by, site, out problem);
        if (to?.Contains(';', StringComparison.Ordinal) == true)
        {
            problem = "attributes of cookies aren't added";
        }
        else if (to is not null && Foreign(to, key))
        {
            problem = $"'{second}' can't stand there";
        }

        if (to is null || problem is not null)
        {
            directive.Entry.Lose(problem ?? "a spec has no placeholder for the port of the request");
        }
        else if (from == to)
        {
            directive.Entry.Imply("it changes nothing for this site");
        }
        else
        {
            OutputNode place = location.Route.Map(Field).Map(key).Set(from, to);
            directive.Entry.Say(place);
            reading.Variables.Say(used, place);
        }
    }

    // What the field takes: a URL, a path, a host.
    private static bool Foreign(string to, string key)
    {
        string rest = to.Replace("{scheme}", "http", StringComparison.Ordinal).Replace("{host}", "a", StringComparison.Ordinal);
        return rest.Contains('{', StringComparison.Ordinal)
            || key switch
            {
                "location" => !rest.StartsWith("http://", StringComparison.Ordinal)
                    && !rest.StartsWith("https://", StringComparison.Ordinal)
                    && (!rest.StartsWith('/') || rest.StartsWith("//", StringComparison.Ordinal)),
                "cookie_path" => !rest.StartsWith('/') || to.Contains("{host}", StringComparison.Ordinal),
                _ => rest.AsSpan().ContainsAny('/', ':', ' '),
            };
    }

    private static string Braced(string text) =>
        text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
