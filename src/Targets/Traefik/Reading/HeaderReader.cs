using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads the middleware <c>headers</c>.</summary>
internal static class HeaderReader
{
    private const string Sent = "confgen sends it by itself";

    // What confgen takes from requests, or says itself.
    private static readonly string[] _own =
    [
        "Forwarded",
        "Front-End-Https",
        "X-Forwarded-Ssl",
        "Proxy",
        "X-Replaced-Path",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Port",
        "X-Real-Ip",
        "Content-Length",
        "Transfer-Encoding",
    ];

    private static readonly (string Option, string Field, string? Value)[] _security =
    [
        ("frameDeny", "X-Frame-Options", "DENY"),
        ("customFrameOptionsValue", "X-Frame-Options", null),
        ("contentTypeNosniff", "X-Content-Type-Options", "nosniff"),
        ("browserXssFilter", "X-XSS-Protection", "1; mode=block"),
        ("customBrowserXSSValue", "X-XSS-Protection", null),
        ("contentSecurityPolicy", "Content-Security-Policy", null),
        ("contentSecurityPolicyReportOnly", "Content-Security-Policy-Report-Only", null),
        ("referrerPolicy", "Referrer-Policy", null),
        ("permissionsPolicy", "Permissions-Policy", null),
        ("featurePolicy", "Feature-Policy", null),
    ];

    /// <summary>Writes it into a route.</summary>
    public static void Write(SourceKey kind, OutputMap route, bool hasTls)
    {
        Custom(kind["customRequestHeaders"], route, "request");
        Custom(kind["customResponseHeaders"], route, "response");
        foreach ((string option, string field, string? value) in _security)
        {
            if (kind[option] is not { } key)
            {
                continue;
            }

            if (value is not null && !key.IsTrue)
            {
                key.Imply("nothing is set");
            }
            else
            {
                key.Say(Response(route).Set(field, Text(value ?? key.Value ?? "")));
            }
        }

        Sts(kind, route, hasTls);
        Cors(kind, route);
        kind["hostsProxyHeaders"]?.Tune("where Traefik looks for the host");
        kind["isDevelopment"]?.Tune("a switch for developers");
        if (kind["sslRedirect"] is { IsTrue: true } redirect)
        {
            if (hasTls)
            {
                redirect.Imply("the requests have come over https");
            }
        }

        foreach (string old in (string[])["sslProxyHeaders", "sslHost", "sslTemporaryRedirect", "sslForceHost"])
        {
            kind[old]?.Tune("what Traefik 2 needs to know for its redirect");
        }

        kind["allowedHosts"]?.Lose("a site's `host` says which hosts are served");
    }

    // A brace would start a placeholder.
    private static string Text(string value) =>
        value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private static OutputMap Response(OutputMap route) => route.Map("headers").Map("response").Map("set");

    private static void Custom(SourceKey? fields, OutputMap route, string direction)
    {
        foreach (SourceKey field in fields?.Keys ?? [])
        {
            bool isOwn = Array.Exists(_own, own => own.Equals(field.Name.Replace('_', '-'), StringComparison.OrdinalIgnoreCase));
            if (direction == "request" && isOwn)
            {
                field.Imply(Sent);
            }
            else if (direction == "request" && field.Name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                field.Say(route.Set("host", field.Value ?? ""));
            }
            else if (string.IsNullOrEmpty(field.Value))
            {
                field.Say(route.Map("headers").Map(direction).List("remove").Add(new OutputText(field.Name)));
            }
            else
            {
                field.Say(route.Map("headers").Map(direction).Map("set").Set(field.Name, Text(field.Value)));
            }
        }
    }

    private static void Sts(SourceKey kind, OutputMap route, bool hasTls)
    {
        if (kind["stsSeconds"] is not { Value: { } seconds } age || seconds == "0")
        {
            foreach (string option in (string[])["stsSeconds", "stsIncludeSubdomains", "stsPreload", "forceSTSHeader"])
            {
                kind[option]?.Imply("nothing is sent");
            }

            return;
        }

        bool isForced = kind["forceSTSHeader"] is { IsTrue: true };
        string value =
            "max-age="
            + seconds
            + (kind["stsIncludeSubdomains"] is { IsTrue: true } ? "; includeSubDomains" : "")
            + (kind["stsPreload"] is { IsTrue: true } ? "; preload" : "");
        OutputText? place = hasTls || isForced ? Response(route).Set("Strict-Transport-Security", value) : null;
        foreach (
            SourceKey option in new[] { age, kind["stsIncludeSubdomains"], kind["stsPreload"], kind["forceSTSHeader"] }.OfType<SourceKey>()
        )
        {
            if (place is null)
            {
                option.Imply("without TLS it isn't sent");
            }
            else
            {
                option.Say(place);
            }
        }
    }

    private static void Cors(SourceKey kind, OutputMap route)
    {
        if (kind["accessControlAllowOriginList"] is not { Values.Count: > 0 } origins)
        {
            foreach (
                SourceKey key in kind.Keys.Where(static key => key.Name.StartsWith("accessControl", StringComparison.OrdinalIgnoreCase))
            )
            {
                key.Lose("a spec's `cors` needs its origins, and has no regexes");
            }

            kind["addVaryHeader"]?.Imply("cors says on what a response depends");
            return;
        }

        OutputMap cors = route.Map("cors");
        origins.Say(cors.Set("origins", OutputList.OfTexts(origins.Values)));
        kind["accessControlAllowOriginListRegex"]?.Lose("a spec's origins are no regexes");
        foreach (
            (string option, string field) in ((string, string)[])
                [
                    ("accessControlAllowMethods", "methods"),
                    ("accessControlAllowHeaders", "headers"),
                    ("accessControlExposeHeaders", "expose_headers"),
                ]
        )
        {
            if (kind[option] is { Values.Count: > 0 } list)
            {
                list.Say(cors.Set(field, OutputList.OfTexts(list.Values)));
            }
        }

        if (kind["accessControlAllowCredentials"] is { } credentials)
        {
            credentials.Say(cors.Word("credentials", credentials.IsTrue ? "true" : "false"));
        }

        if (kind["accessControlMaxAge"] is { Value: { } seconds } age)
        {
            age.Say(cors.Set("max_age", seconds + "s"));
        }

        kind["addVaryHeader"]?.Imply("cors says on what a response depends");
    }
}
