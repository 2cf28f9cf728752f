using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>proxy_set_header</c>: what confgen sends by itself is implied, the rest becomes header rules.</summary>
internal static class RequestHeadersReader
{
    private const string ByItself = "confgen sends it by itself";

    /// <summary>Reads the fields of a location's requests.</summary>
    /// <param name="reading">The configuration.</param>
    /// <param name="location">The location.</param>
    /// <param name="site">The site.</param>
    /// <param name="directiveName">The directive, which is another one for gRPC.</param>
    /// <param name="proxyHost">What <c>host</c> has to say for nginx's <c>$proxy_host</c>: the authority in <c>proxy_pass</c>.</param>
    public static void Read(ReadingState reading, Location location, SiteContext site, string directiveName, OutputText proxyHost)
    {
        OutputMap route = location.Route;
        bool hasHost = false;
        bool hasUpgrade = false;
        SourceDirective[] written = [.. location.Scope.Effective(directiveName).Where(d => d.Arguments.Count == 2)];
        string[] ofAuth = [.. location.Scope.Effective("auth_request_set").Select(s => s.First)];
        foreach (SourceDirective directive in written)
        {
            // What the auth server sends on is ForwardAuthReader's.
            if (ofAuth.Contains(directive.Arguments[1]) && location.Scope.Find("auth_request") is { First: not "off" })
            {
                continue;
            }

            if (Array.FindLast(written, d => IsSame(d, directive)) != directive)
            {
                directive.Entry.Imply($"nginx sends '{directive.First}' each time that it is written, a spec once: as it is written last");
                continue;
            }

            string name = directive.First.ToLowerInvariant();
            var used = new List<SourceDirective>();
            List<TextPart> value = reading.Variables.Expand(directive.Arguments[1], location.Scope, site, used);
            hasHost |= name == "host";
            hasUpgrade |= name == "upgrade" && value.Count > 0;
            string? implied = name switch
            {
                "upgrade" => "upgrades to WebSocket pass",
                "connection" => Connection(reading, value),
                _ => Implied(name, value, site),
            };
            if (implied is not null)
            {
                directive.Entry.Imply(implied);
                Variables.Imply(used, implied);
            }
            else if (name == "host")
            {
                Host(reading, directive, value, used, route, site, proxyHost);
            }
            else
            {
                Rule(reading, directive, directive.First, value, used, route, site);
            }
        }

        if (!hasHost && directiveName == "proxy_set_header")
        {
            route.Set("host", proxyHost);
        }

        if (!hasUpgrade && directiveName == "proxy_set_header")
        {
            route.Word("websocket", "false");
        }
    }

    private static bool IsSame(SourceDirective one, SourceDirective other) =>
        one.First.Equals(other.First, StringComparison.OrdinalIgnoreCase);

    private static string? Connection(ReadingState reading, List<TextPart> value)
    {
        foreach (TextPart part in value.Where(p => p.IsVariable))
        {
            if (reading.Variables.FindMap(part.Text) is { } map && reading.Variables.FollowsUpgrade(part.Text))
            {
                Variables.Imply([map], "upgrades to WebSocket pass");
            }
        }

        return "Connection is each connection's own";
    }

    /// <summary>Why a field is what every upstream gets anyway; null where it isn't.</summary>
    /// <param name="name">The field, in lower case.</param>
    /// <param name="value">Its value.</param>
    /// <param name="site">The site.</param>
    public static string? Implied(string name, List<TextPart> value, SiteContext site)
    {
        string text = string.Concat(value.Select(p => p.IsVariable ? "$" + p.Text : p.Text));
        bool isScheme = text == "$scheme" || (text == "https" && site.HasTls) || (text == "http" && !site.HasTls);
        return name switch
        {
            "host" => text is "$http_host" or "$host:$server_port" || (text == "$host" && site.HasUsualPort)
                ? "Host is the client's"
                : null,
            "x-real-ip" or "x-client-ip" when text is "$remote_addr" && name == "x-real-ip" => ByItself,
            "x-forwarded-for" when text is "$proxy_add_x_forwarded_for" or "$remote_addr" =>
                "confgen sends it by itself; a list that the client sent is kept from 'trusted_proxies' alone",
            "x-forwarded-proto" when isScheme => ByItself,
            "x-forwarded-host" when text is "$host" or "$http_host" or "$host:$server_port" => ByItself,
            "x-forwarded-host" when text == "$server_name" && site.Hosts is [var host] && host != "_" => ByItself,
            "proxy" when text.Length == 0 => "confgen removes it, as it does what some applications read as a setting",
            "te" or "keep-alive" or "transfer-encoding" or "content-length" when text.Length == 0 || text.StartsWith('$') =>
                "it belongs to each connection",
            _ when text == "$http_" + name.Replace('-', '_') => "the client's own fields pass",
            _ => null,
        };
    }

    private static void Host(
        ReadingState reading,
        SourceDirective directive,
        List<TextPart> value,
        List<SourceDirective> used,
        OutputMap route,
        SiteContext site,
        OutputText proxyHost
    )
    {
        OutputText place;
        if (value is [{ IsVariable: true, Text: "proxy_host" or "upstream_host" }])
        {
            place = route.Set("host", proxyHost);
        }
        else if (value is [{ IsVariable: true, Text: "host" }])
        {
            directive.Entry.Imply("Host is the client's, with the port that it wrote");
            return;
        }
        else if (value is [{ IsVariable: true, Text: "server_name" }] && site.Hosts is [var only] && only != "_")
        {
            directive.Entry.Imply("Host is the client's");
            return;
        }
        else if (SpecText.Literal(value) is { Length: > 0 } literal)
        {
            place = route.Set("host", literal);
        }
        else
        {
            directive.Entry.Lose("'host' is 'preserve', 'upstream' or a text without variables");
            return;
        }

        directive.Entry.Say(place);
        reading.Variables.Say(used, place);
    }

    /// <summary>Writes a field as a header rule.</summary>
    public static void Rule(
        ReadingState reading,
        SourceDirective directive,
        string name,
        List<TextPart> value,
        List<SourceDirective> used,
        OutputMap route,
        SiteContext site
    )
    {
        if (SpecText.Template(value, site, out string? problem) is not { } template)
        {
            directive.Entry.Lose(problem ?? "");
            return;
        }

        OutputMap request = route.Map("headers").Map("request");
        OutputNode place = template.Length == 0 ? request.List("remove").Add(new OutputText(name)) : request.Map("set").Set(name, template);
        directive.Entry.Say(place);
        reading.Variables.Say(used, place);
    }
}
