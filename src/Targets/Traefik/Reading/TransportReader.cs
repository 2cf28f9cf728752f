using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads how Traefik speaks to servers.</summary>
internal static class TransportReader
{
    /// <summary>Writes TLS into an upstream, and the longest waits into a route.</summary>
    public static void Write(Configuration configuration, ServiceSource service, OutputMap? upstream, OutputMap? route)
    {
        SourceKey? named = service["loadBalancer.serversTransport"];
        SourceKey? transport = named?.Value is { } name
            ? configuration.Root["http.serversTransports"]?[Configuration.Local(name)]
            : configuration.Root["serversTransport"];
        if (named is not null && transport is null)
        {
            named.Lose("nothing says what is in it");
        }

        if (upstream is not null && transport is not null)
        {
            named?.Imply("what is in it is read");
            Tls(transport, upstream);
        }

        if (route is not null)
        {
            Time(transport, "dialTimeout", route, "connect", "30s");
            Time(transport, "responseHeaderTimeout", route, "read", "1h");
        }
    }

    private static void Tls(SourceKey transport, OutputMap upstream)
    {
        bool isSecure = upstream["servers"]?.Canonical.Contains("https://", StringComparison.Ordinal) == true;
        if (!isSecure)
        {
            return;
        }

        if (transport["insecureSkipVerify"] is { IsTrue: true } skip)
        {
            skip.Say(upstream.Map("tls").Word("verify", "false"));
        }

        if (transport["rootCAs"] is { Values: [var ca, ..] } cas)
        {
            cas.Say(upstream.Map("tls").Set("ca", ca), cas.Values.Count > 1 ? "the first of them: a spec has one file" : null);
        }

        if (transport["serverName"] is { Value: { } server } sni)
        {
            sni.Say(upstream.Map("tls").Set("server_name", server));
        }

        if (transport["certificates"]?.Keys is [var pair, ..])
        {
            pair["certFile"]?.Say(upstream.Map("tls").Set("cert", pair["certFile"]?.Value ?? ""));
            pair["keyFile"]?.Say(upstream.Map("tls").Set("key", pair["keyFile"]?.Value ?? ""));
        }
    }

    // Traefik waits for the head of a response without an end unless it says so.
    private static void Time(SourceKey? transport, string name, OutputMap route, string field, string otherwise)
    {
        SourceKey? key = transport?["forwardingTimeouts." + name];
        string? time = key?.Value is "0" or "0s" ? null : Units.Duration(key?.Value);
        OutputText place = route.Map("timeouts").Set(field, time ?? otherwise);
        key?.Say(place);
    }
}
