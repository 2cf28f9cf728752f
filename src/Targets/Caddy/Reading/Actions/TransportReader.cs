using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>transport http</c>: how the servers are reached.</summary>
internal static class TransportReader
{
    public static void Read(SourceLine transport, OutputMap route, OutputMap settings, List<OutputMap> servers)
    {
        bool hasTls = transport.Block.Exists(l => l.Name.StartsWith("tls", StringComparison.Ordinal) && l.Name != "tls_except_ports");
        if (hasTls)
        {
            Scheme(servers, "https");
        }

        foreach (SourceLine line in transport.Block)
        {
            OutputNode? place = Place(line, route, settings, servers);
            if (place is not null)
            {
                line.Entry.Say(place);
            }
            else if (!line.Entry.IsSettled)
            {
                Settle(line);
            }
        }
    }

    /// <summary>Reads the transport of an auth server, which has <c>tls</c> and nothing else.</summary>
    /// <param name="transport">The line with its block.</param>
    /// <param name="auth">Where it is said; its URL is written already.</param>
    public static void ReadOfAuthServer(SourceLine transport, OutputMap auth)
    {
        foreach (SourceLine line in transport.Block)
        {
            if ((line.Name == "tls" ? auth["url"] : Tls(line, auth)) is { } place)
            {
                line.Entry.Say(place);
            }
            else if (line.Name.EndsWith("timeout", StringComparison.Ordinal) || line.Name.StartsWith("keepalive", StringComparison.Ordinal))
            {
                line.Entry.Tune("an auth server is waited for, and its connections are kept, as the target does");
            }
            else
            {
                Settle(line);
            }
        }
    }

    private static OutputNode? Tls(SourceLine line, OutputMap owner) =>
        line.Name switch
        {
            "tls_insecure_skip_verify" => owner.Map("tls").Word("verify", "false"),
            "tls_server_name" when !Placeholders.IsIn(line.First) => owner.Map("tls").Set("server_name", line.First),
            "tls_trusted_ca_certs" when line.Arguments.Count == 1 => owner.Map("tls").Set("ca", line.First),
            "tls_trust_pool" when line.Arguments is ["file", var file] => owner.Map("tls").Set("ca", file),
            "tls_client_auth" when line.Arguments.Count == 2 => ClientCertificate(line, owner.Map("tls")),
            _ => null,
        };

    private static OutputNode? Place(SourceLine line, OutputMap route, OutputMap settings, List<OutputMap> servers)
    {
        string? duration = Units.Duration(line.First);
        string? size = Units.Size(line.First);
        return line.Name switch
        {
            "tls" => servers.Count > 0 ? servers[0]["url"] : null,
            "dial_timeout" when duration is not null => route.Map("timeouts").Word("connect", duration),
            "read_timeout" when duration is not null => route.Map("timeouts").Word("read", duration),
            "write_timeout" when duration is not null => route.Map("timeouts").Word("send", duration),
            "response_header_timeout" when duration is not null => settings.Word("response_header_timeout", duration),
            "read_buffer" when size is not null => settings.Map("buffers").Word("read", size),
            "write_buffer" when size is not null => settings.Map("buffers").Word("write", size),
            "keepalive" when line.First == "off" => settings.Map("keepalive").Word("idle", "0"),
            "keepalive" when duration is not null => settings.Map("keepalive").Word("timeout", duration),
            "keepalive_idle_conns" or "keepalive_idle_conns_per_host" => settings.Map("keepalive").Word("idle", line.First),
            "max_conns_per_host" when servers.Count > 0 => Limit(line.First, servers),
            "versions" => Versions(line, servers),
            _ => Tls(line, settings),
        };
    }

    private static OutputMap ClientCertificate(SourceLine line, OutputMap tls)
    {
        tls.Set("cert", line.Arguments[0]);
        tls.Set("key", line.Arguments[1]);
        return tls;
    }

    private static OutputText Limit(string most, List<OutputMap> servers)
    {
        OutputText[] places = [.. servers.Select(s => s.Word("max_conns", most))];
        return places[0];
    }

    private static OutputNode? Versions(SourceLine line, List<OutputMap> servers)
    {
        if (line.Arguments.Contains("h2c") && servers.Count > 0)
        {
            Scheme(servers, "h2c");
            return servers[0]["url"];
        }

        if (line.Arguments.Contains("3"))
        {
            line.Entry.Lose("servers are reached over TCP");
        }
        else
        {
            line.Entry.Imply("HTTP/1.1, and HTTP/2 where it is negotiated");
        }

        return null;
    }

    private static void Scheme(List<OutputMap> servers, string scheme)
    {
        foreach (OutputText url in servers.Select(s => s["url"]).OfType<OutputText>())
        {
            if (url.Text.StartsWith("http://", StringComparison.Ordinal))
            {
                url.Text = scheme + url.Text["http".Length..];
            }
        }
    }

    private static void Settle(SourceLine line)
    {
        string? tuning = line.Name switch
        {
            "compression" => "the client's codings are passed on",
            "dial_fallback_delay" or "expect_continue_timeout" or "keepalive_interval" or "tls_timeout" => "how connections are made",
            "max_response_header" => "a limit on the upstream's head",
            "resolvers" => "names are resolved as the target does",
            _ => null,
        };
        if (tuning is not null)
        {
            line.TuneAll(tuning);
        }
        else
        {
            line.LoseAll($"an upstream has nothing for '{line.Name}'");
        }
    }
}
