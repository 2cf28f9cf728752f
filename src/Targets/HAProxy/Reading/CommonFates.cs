namespace Confgen.Targets.HAProxy.Reading;

/// <summary>The fates of lines that mean the same wherever they stand.</summary>
internal static class CommonFates
{
    private const string Own = "the program's own affair";
    private const string NotTcp = "a spec has sites of HTTP alone here";

    private static readonly string[] _tuning =
    [
        "log",
        "log-format",
        "log-tag",
        "maxconn",
        "fullconn",
        "user",
        "group",
        "uid",
        "gid",
        "daemon",
        "chroot",
        "pidfile",
        "nbthread",
        "nbproc",
        "cpu-map",
        "description",
        "unique-id-format",
        "unique-id-header",
        "hash-type",
        "http-reuse",
        "id",
        "backlog",
        "spread-checks",
        "stats",
        "localpeer",
        "node",
        "setenv",
        "presetenv",
        "hard-stop-after",
        "ca-base",
        "crt-base",
        "insecure-fork-wanted",
        "external-check",
        "lua-load",
    ];

    private static readonly string[] _options =
    [
        "httplog",
        "tcplog",
        "dontlognull",
        "dontlog-normal",
        "log-health-checks",
        "log-separate-errors",
        "logasap",
        "http-server-close",
        "http-keep-alive",
        "httpclose",
        "forceclose",
        "http-no-delay",
        "abortonclose",
        "redispatch",
        "splice-auto",
        "splice-request",
        "splice-response",
        "tcpka",
        "clitcpka",
        "srvtcpka",
        "tcp-smart-accept",
        "tcp-smart-connect",
        "contstats",
        "socket-stats",
        "http-buffer-request",
        "http-use-htx",
        "allbackups",
        "prefer-last-server",
        "h2-workaround-bogus-websocket-clients",
        "nolinger",
    ];

    /// <summary>Settles what no reader has.</summary>
    public static void Settle(SourceSection section)
    {
        foreach (SourceLine line in section.Lines.Where(static line => !line.Entry.IsSettled))
        {
            Settle(section, line);
        }
    }

    private static void Settle(SourceSection section, SourceLine line)
    {
        bool isGlobal = section.Kind == "global";
        if (section.Kind is "frontend" or "backend" or "listen" && !section.IsHttp)
        {
            line.Entry.Lose(NotTcp);
        }
        else if (section.Kind is "resolvers" or "ring" or "traces" or "log-forward" or "mailers" or "peers")
        {
            line.Entry.Tune(Own);
        }
        else if (line[0] is "stick-table" or "stick" || line[1].StartsWith("track-sc", StringComparison.Ordinal))
        {
            line.Entry.Lose("a spec counts requests by `rate_limit`, which is to be written by hand");
        }
        else if (line[0] is "errorfile" or "errorfiles" or "http-error" or "errorloc" or "errorloc302" or "errorloc303")
        {
            line.Entry.Lose("a spec's `errors` have a body, and no head: it is to be written by hand");
        }
        else if (line[0] == "stats" && !isGlobal)
        {
            line.Entry.Lose("a page of HAProxy's: `confgen serve --admin` has one of its own");
        }
        else if (
            _tuning.Contains(line[0])
            || line[0].StartsWith("tune.", StringComparison.Ordinal)
            || line[0].StartsWith("ssl-default-", StringComparison.Ordinal)
            || line[0].StartsWith("ssl-", StringComparison.Ordinal)
        )
        {
            line.Entry.Tune(Own);
        }
        else if (line[0] == "mode" && line[1] is "http" or "tcp" && section.Kind == "defaults")
        {
            line.Entry.Imply("what is in it is read");
        }
        else if (line.Is("mode", "http"))
        {
            line.Entry.Imply("a spec is about HTTP");
        }
        else if (line[0] == "timeout")
        {
            Timeout(section, line);
        }
        else if (line[0] is "option" or "no" && _options.Contains(line[0] == "no" ? line[2] : line[1]))
        {
            line.Entry.Tune("confgen sees to connections and logs itself");
        }
        else if (line.Is("compression", "type") || line.Is("compression", "offload"))
        {
            line.Entry.Imply("text, JSON, JavaScript, XML, SVG and WASM are compressed");
        }
        else if (line[0] == "acl")
        {
            line.Entry.Tune("no rule that is said uses it");
        }
        else if (line.Is("option", "forwardfor") || line[0] is "retries" or "default-server" or "balance" && section.Kind == "defaults")
        {
            line.Entry.Tune("nothing that it holds for uses it");
        }
    }

    private static void Timeout(SourceSection section, SourceLine line)
    {
        if (line[1] is "connect" or "server" or "tunnel" or "check")
        {
            line.Entry.Tune("nothing that it holds for uses it");
        }
        else
        {
            line.Entry.Tune(section.Kind.Length > 0 ? "waits for clients are the program's own" : "");
        }
    }
}
