using System.Globalization;
using System.Net;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads what refuses requests: addresses, passwords, an auth server, rates.</summary>
internal static class GuardsReader
{
    // What a route does, with the fields that mean nothing to one that refuses.
    private static readonly string[] _actions =
    [
        "proxy",
        "files",
        "files_first",
        "redirect",
        "fastcgi",
        "respond",
        "host",
        "websocket",
        "timeouts",
        "strip_prefix",
        "replace_prefix",
        "add_prefix",
        "rewrite",
        "rewrite_response",
    ];

    public static void Read(ReadingState reading, Location location, SiteContext site, LocationTable locations)
    {
        Addresses(location);
        Passwords(location);
        ForwardAuth(reading, location, site, locations);
        Rate(reading, location);
        foreach (SourceDirective satisfy in location.Scope.Effective("satisfy"))
        {
            if (satisfy.First == "all")
            {
                satisfy.Entry.Imply("every guard must pass");
            }
            else if (location.Route["allow"] is null && location.Route["deny"] is null)
            {
                satisfy.Entry.Tune("there is one guard");
            }
            else if (location.Route["basic_auth"] is null && location.Route["forward_auth"] is null)
            {
                satisfy.Entry.Tune("there is one guard");
            }
            else if (
                location.Route["allow"] is not null
                && (location.Route["basic_auth"] is null) != (location.Route["forward_auth"] is null)
            )
            {
                satisfy.Entry.Say(location.Route.Word("satisfy", "any"));
            }
            else
            {
                satisfy.Entry.Lose("every guard must pass, where one was enough: access is stricter");
            }
        }
    }

    /// <summary>Whether nobody may.</summary>
    public static bool IsClosed(Scope scope) => scope.Effective("deny").Any(d => d.First == "all") && scope.Effective("allow").Count == 0;

    // nginx takes the first rule that matches; a spec asks `deny`, then `allow`.
    private static void Addresses(Location location)
    {
        SourceDirective[] rules = [.. location.Scope.Effective("allow").Concat(location.Scope.Effective("deny"))];
        if (rules.Length == 0)
        {
            return;
        }

        // Where one level has only one of both, the other isn't inherited.
        Scope? level = location.Scope;
        while (level is not null && !level.Own.Any(d => d.Name is "allow" or "deny"))
        {
            level = level.Parent;
        }

        rules = [.. level!.Own.Where(d => d.Name is "allow" or "deny")];
        int all = Array.FindIndex(rules, r => r.First == "all");
        SourceDirective[] before = all < 0 ? rules : rules[..all];
        foreach (SourceDirective unreachable in all < 0 ? [] : rules[(all + 1)..])
        {
            unreachable.Entry.Tune("the rule for all addresses stands before it");
        }

        // With credentials beside it, a list of addresses that ends open lets those pass by themselves that it names.
        bool endsClosed = all >= 0 ? rules[all].Name == "deny" : IsEnough(location.Scope);
        SourceDirective[] allow = [.. before.Where(r => r.Name == "allow")];
        SourceDirective[] deny = [.. before.Where(r => r.Name == "deny")];
        OutputMap route = location.Route;
        if (endsClosed && before.Length == 0)
        {
            // Nobody may: the guard is the response.
            rules[all].Entry.Say(Refuse(route));
            return;
        }

        if (before.Any(r => r.First == "unix:" || !IsAddress(r.First)))
        {
            foreach (SourceDirective rule in rules)
            {
                rule.Entry.Lose("not an address or a network");
            }

            return;
        }

        if (!endsClosed && allow.Length > 0 && deny.Length > 0 && Array.IndexOf(before, allow[0]) < Array.LastIndexOf(before, deny[^1]))
        {
            foreach (SourceDirective rule in allow)
            {
                rule.Entry.Lose("an exception from a 'deny' can't be said: 'deny' goes first");
            }
        }

        foreach (SourceDirective rule in deny)
        {
            rule.Entry.Say(route.List("deny").Add(new OutputText(rule.First)));
        }

        foreach (SourceDirective rule in endsClosed ? allow : [])
        {
            rule.Entry.Say(route.List("allow").Add(new OutputText(rule.First)));
        }

        foreach (SourceDirective rule in endsClosed ? [] : allow.Where(r => !r.Entry.IsSettled))
        {
            rule.Entry.Imply("who isn't refused may");
        }

        if (all >= 0)
        {
            rules[all].Entry.Imply(endsClosed ? "who isn't allowed is refused" : "who isn't refused may");
        }
    }

    private static bool IsEnough(Scope scope) =>
        scope.Effective("satisfy").Any(d => d.First == "any")
        && (scope.Find("auth_basic") is { First: not "off" } || scope.Find("auth_request") is { First: not "off" });

    private static bool IsAddress(string text)
    {
        string[] parts = text.Split('/');
        return IPAddress.TryParse(parts[0], out _) && (parts.Length == 1 || int.TryParse(parts[1], CultureInfo.InvariantCulture, out _));
    }

    private static void Passwords(Location location)
    {
        if (location.Scope.Find("auth_basic") is not { } realm)
        {
            return;
        }

        SourceDirective? file = location.Scope.Find("auth_basic_user_file");
        if (realm.First == "off")
        {
            realm.Entry.Imply("there are no passwords unless written");
            return;
        }

        if (file is null || file.First.Contains('$', StringComparison.Ordinal) || realm.First.Contains('$', StringComparison.Ordinal))
        {
            (file ?? realm).Entry.Lose("the users' file isn't known before the request; nobody may");
            realm.Entry.Lose("the users' file isn't known before the request; nobody may");
            Refuse(location.Route);
            return;
        }

        OutputMap guard = location.Route.Map("basic_auth");
        realm.Entry.Say(guard.Set("realm", realm.First));
        file.Entry.Say(guard.Set("file", file.First));
    }

    /// <summary>Has a route refuse every request, whatever else it would do.</summary>
    public static OutputText Refuse(OutputMap route)
    {
        foreach (string action in _actions)
        {
            route.Take(action);
        }

        return route.Word("respond", "403");
    }

    private static void ForwardAuth(ReadingState reading, Location location, SiteContext site, LocationTable locations)
    {
        if (location.Scope.Find("auth_request") is not { } request)
        {
            return;
        }

        if (request.First == "off")
        {
            request.Entry.Imply("no auth server is asked unless written");
            return;
        }

        ForwardAuthReader.Read(reading, request, location, site, locations);
    }

    private static void Rate(ReadingState reading, Location location)
    {
        SourceDirective[] limits = [.. location.Scope.Effective("limit_req")];
        if (limits.Length == 0)
        {
            return;
        }

        if (limits.Length > 1)
        {
            foreach (SourceDirective limit in limits)
            {
                limit.Entry.Lose("a route has one rate");
            }

            return;
        }

        string? zone = Parameter(limits[0], "zone");
        SourceDirective? definition = reading.Http.FirstOrDefault(d =>
            d.Name == "limit_req_zone" && Parameter(d, "zone")?.Split(':')[0] == zone
        );
        string? rate = definition is null ? null : Parameter(definition, "rate");
        string? key = definition?.First;
        string? header = key is not null && key.StartsWith("$http_", StringComparison.Ordinal) ? key["$http_".Length..] : null;
        if (rate is null || (key is not ("$binary_remote_addr" or "$remote_addr") && header is null))
        {
            limits[0].Entry.Lose("requests are counted by the client's address or by a header");
            return;
        }

        OutputMap guard = location.Route.Map("rate_limit");
        OutputNode place = guard.Word("rate", rate.Replace("r/", "/", StringComparison.Ordinal));
        definition!.Entry.Say(place);
        if (Parameter(limits[0], "burst") is { } burst)
        {
            guard.Word("burst", burst);
        }

        if (header is not null)
        {
            guard.Map("key").Set("header", SpecText.HeaderName(header.Replace('_', '-')));
        }

        bool isDelayed = Parameter(limits[0], "burst") is not null && !limits[0].Arguments.Contains("nodelay");
        bool says503 = location.Scope.Find("limit_req_status") is not { First: "429" };
        string[] notes =
        [
            .. isDelayed ? (string[])["requests of a burst pass at once; nginx delays them"] : [],
            .. says503 ? (string[])["who is over the rate gets 429; nginx sends another status"] : [],
        ];
        limits[0].Entry.Say(guard, notes.Length > 0 ? string.Join("; ", notes) : null);
    }

    private static string? Parameter(SourceDirective directive, string name) =>
        directive.Arguments.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
