using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>auth_request</c> with the location that it asks.</summary>
internal static class ForwardAuthReader
{
    public static void Read(ReadingState reading, SourceDirective request, Location location, SiteContext site, LocationTable locations)
    {
        if (Asked(reading, request.First, site, locations) is not { } asked)
        {
            request.Entry.Lose("the auth server isn't known; nobody may");
            GuardsReader.Refuse(location.Route);
            return;
        }

        OutputMap guard = location.Route.Map("forward_auth");
        OutputText url = guard.Set("url", asked.Url);
        request.Entry.Say(url, "a refusal is relayed as the auth server sends it; nginx sends its own 401 or 403");
        asked.Pass.Entry.Say(url);
        reading.Variables.Say(asked.Used, url);
        UpstreamTlsReader.Read(asked.Target, asked.Location.Scope, isGrpc: false, guard);
        CopiedHeaders(location, guard);
        SignInReader.Read(reading, location, site, locations, guard);
        Rest(asked.Location, url);
    }

    private static (string Url, ProxyTarget Target, SourceDirective Pass, List<SourceDirective> Used, Location Location)? Asked(
        ReadingState reading,
        string path,
        SiteContext site,
        LocationTable locations
    )
    {
        if (locations.Find(path) is not { } location || ProxyReader.Find(location.Scope) is not { Name: "proxy_pass" } pass)
        {
            return null;
        }

        var used = new List<SourceDirective>();
        bool hasVariables = pass.First.Contains('$', StringComparison.Ordinal);
        if (
            SpecText.Literal(reading.Variables.Expand(pass.First, location.Scope, site, used)) is not { } text
            || ProxyTarget.Read(text, hasVariables) is not { Scheme: "http" or "https" } target
        )
        {
            return null;
        }

        // Without a path of its own the server gets the subrequest's; with one, that in place of the location's prefix.
        string asked =
            target.Path.Length == 0 ? path
            : hasVariables || !location.IsPrefix ? target.Path
            : target.Path + path[location.Pattern.Length..];
        return (target.Url + asked, target, pass, used, location);
    }

    // auth_request_set $user $upstream_http_x_user; proxy_set_header X-User $user.
    private static void CopiedHeaders(Location location, OutputMap guard)
    {
        SourceDirective[] sets = [.. location.Scope.Effective("auth_request_set").Where(d => d.Arguments.Count == 2)];
        SourceDirective[] headers = [.. location.Scope.Effective("proxy_set_header").Where(d => d.Arguments.Count == 2)];
        foreach (SourceDirective set in sets)
        {
            const string Field = "$upstream_http_";
            string from = set.Arguments[1];
            bool isUsed = false;
            foreach (SourceDirective header in headers.Where(h => h.Arguments[1] == set.First))
            {
                isUsed = true;
                string wanted = Field + header.First.ToLowerInvariant().Replace('-', '_');
                if (!string.Equals(from, wanted, StringComparison.Ordinal))
                {
                    header.Entry.Lose("a field of the auth server's response keeps its name");
                    continue;
                }

                OutputText name = guard.List("copy_headers").Add(new OutputText(header.First));
                header.Entry.Say(name);
                set.Entry.Say(name);
            }

            if (isUsed)
            {
                continue;
            }

            if (location.Scope.Effective("add_header").Any(h => h.Arguments.Count > 1 && h.Arguments[1] == set.First))
            {
                set.Entry.Lose("fields that the auth server sends with a success don't reach the client");
            }
            else if (!set.Entry.IsSettled)
            {
                set.Entry.Tune("nothing uses it here");
            }
        }
    }

    // The subrequest's own location: what confgen's request to the auth server has anyway.
    private static void Rest(Location location, OutputNode url)
    {
        location.Directive?.Entry.Say(url);
        foreach (SourceDirective directive in location.Scope.Own.Where(d => !d.Entry.IsSettled))
        {
            switch (directive.Name)
            {
                case "auth_request_set":
                    directive.Entry.Tune("nothing uses it here");
                    break;
                case "add_header":
                    directive.Entry.Tune("a response to nginx itself, whose fields reach nobody");
                    break;
                case "internal" or "proxy_pass_request_body":
                    directive.Entry.Imply("the auth server is asked without the body, and clients don't reach it this way");
                    break;
                case "proxy_set_header":
                    directive.Entry.Imply("the auth server gets the client's fields, and X-Forwarded-Method, -Uri, -Host, -Proto and -For");
                    break;
                case "proxy_read_timeout" or "proxy_connect_timeout" or "proxy_send_timeout":
                    directive.Entry.Tune("the auth server is waited for as long as confgen does");
                    break;
            }
        }
    }
}
