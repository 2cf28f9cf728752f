using System.Globalization;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads who may, and how often.</summary>
internal static class GuardReader
{
    // An address that nobody has: the list refuses everyone.
    private const string Nobody = "255.255.255.255";
    private const string Unknown = "; its requests get 501, so that they don't reach what is open";

    /// <summary>Writes it into a route; false where nothing is forwarded.</summary>
    public static bool Write(SourceKey kind, OutputMap route) =>
        kind.Name.ToLowerInvariant() switch
        {
            "basicauth" => Users(kind, route),
            "forwardauth" => Forward(kind, route),
            "ratelimit" => Rate(kind, route),
            _ => Clients(kind, route),
        };

    private static bool Users(SourceKey kind, OutputMap route)
    {
        OutputMap auth = route.Map("basic_auth");
        if (kind["realm"] is { Value: { } realm } name)
        {
            name.Say(auth.Set("realm", realm));
        }
        else
        {
            auth.Set("realm", "traefik");
        }

        foreach (string user in kind["users"]?.Values ?? [])
        {
            string[] parts = user.Trim().Split(':', 2);
            if (parts.Length == 2)
            {
                kind["users"]?.Say(auth.Map("users").Set(parts[0], parts[1]));
            }
        }

        if (kind["usersFile"] is { Value: { } file } users)
        {
            users.Say(auth.Set("file", file));
        }

        if (kind["removeHeader"] is { IsTrue: true } remove)
        {
            remove.Say(route.Map("headers").Map("request").List("remove").Add(new OutputText("Authorization")));
        }
        else
        {
            kind["removeHeader"]?.Imply("the server gets the field");
        }

        kind["headerField"]?.Lose("a spec tells the server no names of users");
        return auth["users"] is not null || auth["file"] is not null || Refuse(kind, route, "there are no users in it", "basic_auth");
    }

    private static bool Forward(SourceKey kind, OutputMap route)
    {
        if (kind["address"]?.Value is not { } address)
        {
            return Refuse(kind, route, "the auth server is missing", "forward_auth");
        }

        OutputMap auth = route.Map("forward_auth");
        kind["address"]?.Say(auth.Set("url", address));
        if (kind["authResponseHeaders"] is { Values.Count: > 0 } fields)
        {
            fields.Say(auth.Set("copy_headers", new OutputList(fields.Values.Select(static field => new OutputText(field)))));
        }

        if (kind["tls.insecureSkipVerify"] is { IsTrue: true } skip)
        {
            skip.Say(auth.Map("tls").Word("verify", "false"));
        }

        if (kind["tls.ca"] is { Value: { } ca } authority)
        {
            authority.Say(auth.Map("tls").Set("ca", ca));
        }

        if (kind["trustForwardHeader"] is { } trust)
        {
            trust.Imply("X-Forwarded-* of trusted_proxies are believed");
        }

        kind["maxResponseBodySize"]?.Tune("a limit on what the auth server says");
        foreach (string option in (string[])["authResponseHeadersRegex", "authRequestHeaders", "addAuthCookiesToResponse", "headerField"])
        {
            kind[option]?.Lose("the auth server gets all fields, and the upstream those of copy_headers");
        }

        return true;
    }

    private static bool Clients(SourceKey kind, OutputMap route)
    {
        IReadOnlyList<string> networks = kind["sourceRange"]?.Values ?? [];
        string status = kind["rejectStatusCode"]?.Value ?? "403";
        if (networks is [Nobody])
        {
            kind.Say(route.Map("respond").Word("status", status));
            return false;
        }

        if (kind["ipStrategy"] is { } strategy)
        {
            strategy.Lose("a spec knows the proxies before it by trusted_proxies: name them there");
        }

        if (networks.Count == 0)
        {
            return Refuse(kind, route, "the networks are missing", "allow");
        }

        kind["sourceRange"]?.Say(route.Set("allow", OutputList.OfTexts(networks)));
        if (status == "403")
        {
            kind["rejectStatusCode"]?.Imply("others get 403");
        }
        else
        {
            kind["rejectStatusCode"]?.Lose("others get 403");
        }

        return true;
    }

    private static bool Rate(SourceKey kind, OutputMap route)
    {
        long average = Number(kind["average"]) ?? 0;
        string period = Units.Duration(kind["period"]?.Value) ?? "1s";
        string? unit = period switch
        {
            "1s" => "s",
            "60s" => "m",
            "3600s" => "h",
            _ => null,
        };
        if (average == 0)
        {
            kind.Imply("without an average there is no limit");
            return true;
        }

        if (unit is null)
        {
            kind.Lose("a spec's rates are by the second, the minute or the hour");
            return true;
        }

        OutputMap limit = route.Map("rate_limit");
        OutputText rate = limit.Set("rate", string.Create(CultureInfo.InvariantCulture, $"{average}/{unit}"));
        kind["average"]?.Say(rate);
        kind["period"]?.Say(rate);
        if (Number(kind["burst"]) is { } burst and > 1)
        {
            kind["burst"]?.Say(limit.Word("burst", string.Create(CultureInfo.InvariantCulture, $"{burst - 1}")));
        }
        else
        {
            kind["burst"]?.Imply("one request passes at once");
        }

        SourceKey? criterion = kind["sourceCriterion"];
        if (criterion?["requestHeaderName"] is { Value: { } header } name)
        {
            name.Say(limit.Map("key").Set("header", header));
        }

        criterion?["requestHost"]?.Lose("a spec counts by the client or by a field");
        criterion?["ipStrategy"]?.Lose("a spec knows the proxies before it by trusted_proxies: name them there");
        return true;
    }

    private static long? Number(SourceKey? key) =>
        long.TryParse(key?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static bool Refuse(SourceKey kind, OutputMap route, string why, string field)
    {
        route.Take(field);
        kind.Lose(why + Unknown);
        route.Map("respond").Word("status", "501");
        return false;
    }
}
