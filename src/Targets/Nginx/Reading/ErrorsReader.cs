using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>error_page</c>, with the location that it leads to.</summary>
internal static class ErrorsReader
{
    public static void Read(ReadingState reading, Location location, SiteContext site, LocationTable locations)
    {
        Scope scope = location.Scope;
        bool runs = location.Route["fastcgi"] is not null;
        SourceDirective? intercept = scope.Find(runs ? "fastcgi_intercept_errors" : "proxy_intercept_errors");
        bool intercepts = intercept?.First == "on";
        bool isSaid = false;
        foreach (SourceDirective directive in scope.Effective("error_page").Where(d => d.Arguments.Count >= 2))
        {
            // What leads an auth server's refusal to where a client signs in is the guard's.
            if (
                (location.Route["forward_auth"] as OutputMap)?["sign_in"] is not null
                && directive.Arguments.SkipLast(1).All(a => a is "401" or ['=', ..])
            )
            {
                continue;
            }

            string to = directive.Arguments[^1];
            if (
                ScriptPath.Of(to) is { } script
                && locations.Choose(script.Script) is { } runner
                && FastCgiReader.Find(runner.Scope) is not null
            )
            {
                OfScript(directive, location.Route, intercepts);
                continue;
            }

            string? change = directive.Arguments.FirstOrDefault(a => a.StartsWith('='));
            string[] statuses = [.. directive.Arguments.SkipLast(1).Where(a => !a.StartsWith('='))];
            if (Page(reading, to, scope, site, locations) is not var (page, target))
            {
                directive.Entry.Lose("'errors' sends a file, a body, or the response of an upstream");
                continue;
            }

            if (change is { Length: > 1 })
            {
                page.Word("status", change[1..]);
            }

            OutputMap errors = location.Route.Map("errors");
            foreach (string status in statuses)
            {
                OutputMap one = errors.Set(status, Copy(page));
                directive.Entry.Say(one);
                target?.Directive?.Entry.Say(one);
                foreach (SourceDirective own in target?.Scope.Own ?? [])
                {
                    if (own.Name is "root" or "alias" or "internal" or "return" or "proxy_pass")
                    {
                        own.Entry.Say(one);
                    }
                }
            }

            if (intercepts && (runs || location.Route["proxy"] is not null))
            {
                OutputNode list = errors.Set("intercept", OutputList.OfTexts(statuses));
                intercept!.Entry.Say(list);
                isSaid = true;
            }
        }

        if (intercept is not null && !isSaid)
        {
            intercept.Entry.Imply(intercepts ? "there is no page for an upstream's error" : "an upstream's errors pass as they are");
        }
    }

    // A route's front controller takes what isn't there; what a script says of an error passes unless that is intercepted.
    private static void OfScript(SourceDirective page, OutputMap route, bool intercepts)
    {
        bool isRun = route["fastcgi"] is not null;
        bool isMissing = page.Arguments.SkipLast(1).All(a => a is "404" or "=");
        if (isMissing && isRun && !intercepts)
        {
            page.Entry.Imply("a script says by itself what isn't there");
        }
        else if (!isMissing || isRun || route["files"] is not null || (route["respond"] as OutputText)?.Text == "404")
        {
            page.Entry.Lose("'errors' sends a file, a body, or the response of an upstream, not of a script");
        }
    }

    private static (OutputMap Page, Location? Target)? Page(
        ReadingState reading,
        string to,
        Scope scope,
        SiteContext site,
        LocationTable locations
    )
    {
        var page = new OutputMap();
        if (to.Contains('$', StringComparison.Ordinal) || to.StartsWith("http", StringComparison.Ordinal))
        {
            return null;
        }

        Location? target = locations.Find(to);
        if (target is not null && ProxyReader.Find(target.Scope) is { } pass)
        {
            var used = new List<SourceDirective>();
            if (
                SpecText.Literal(reading.Variables.Expand(pass.First, target.Scope, site, used)) is not { } text
                || ProxyTarget.Read(text, pass.First.Contains('$', StringComparison.Ordinal)) is not { Path: "" } server
            )
            {
                return null;
            }

            page.Set("proxy", reading.Upstreams.Find(server.Authority, isUsed: true) is null ? server.Url : server.Authority);
            return (page, target);
        }

        if (target?.Scope.OwnOf("return").FirstOrDefault() is { } response)
        {
            if (
                response.Arguments.Count < 2
                || response.Arguments[1].Contains('$', StringComparison.Ordinal)
                || response.First.StartsWith('3')
            )
            {
                return null;
            }

            page.Set("body", response.Arguments[1]);
            return (page, target);
        }

        if (
            to.StartsWith('@')
            || (target?.Scope ?? scope).Find("root") is not { } root
            || root.First.Contains('$', StringComparison.Ordinal)
        )
        {
            return null;
        }

        page.Set("file", root.First.TrimEnd('/') + to);
        return (page, target is { Kind: LocationKind.Exact } ? target : null);
    }

    private static OutputMap Copy(OutputMap page)
    {
        var copy = new OutputMap();
        foreach ((string key, OutputNode value) in page.Entries)
        {
            copy.Set(key, new OutputText(((OutputText)value).Text, ((OutputText)value).IsWord));
        }

        return copy;
    }
}
