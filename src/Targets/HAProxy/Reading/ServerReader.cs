using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads the line of a server.</summary>
internal sealed class ServerReader
{
    private static readonly string[] _tuning =
    [
        "init-addr",
        "resolvers",
        "resolve-prefer",
        "pool-max-conn",
        "pool-purge-delay",
        "minconn",
        "maxqueue",
        "slowstart",
        "id",
        "cookie",
        "alpn",
        "inter",
        "fastinter",
        "downinter",
        "rise",
        "fall",
        "port",
        "addr",
        "sni",
        "check-sni",
        "ca-file",
        "crt",
        "verify",
        "verifyhost",
        "weight",
        "maxconn",
        "proto",
        "on-marked-down",
        "on-error",
        "error-limit",
        "observe",
        "ssl-min-ver",
        "ssl-max-ver",
        "ciphers",
        "ciphersuites",
        "tcp-ut",
    ];

    private static readonly string[] _flags =
    [
        "check",
        "check-ssl",
        "no-check-ssl",
        "ssl",
        "backup",
        "disabled",
        "enabled",
        "tfo",
        "allow-0rtt",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];

    public ServerReader(SourceLine line, SourceLine? defaults)
    {
        Line = line;
        Read([.. (defaults?.Words.Skip(1) ?? [])]);
        Read([.. line.Words.Skip(3)]);
    }

    /// <summary>The line.</summary>
    public SourceLine Line { get; }

    /// <summary>What of it a spec has no word for.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Whether a parameter is there.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The value of a parameter; null for none.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The server's URL; null where a spec can have none.</summary>
    public string? Url
    {
        get
        {
            string address = Line[2];
            if (address.StartsWith("unix@", StringComparison.Ordinal) || address.StartsWith('/'))
            {
                return "unix:" + (address.StartsWith('/') ? address : address[5..]);
            }

            bool hasPort =
                address.LastIndexOf(':') is > 0 and var colon && address[(colon + 1)..].All(char.IsAsciiDigit) && !address.EndsWith(':');
            string scheme =
                Has("ssl") ? "https"
                : this["proto"] == "h2" ? "h2c"
                : "http";
            return hasPort && address.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '[' or ']')
                ? $"{scheme}://{address}"
                : null;
        }
    }

    /// <summary>The server as a node: its URL alone, or a map.</summary>
    public OutputNode Node(string url)
    {
        var map = new OutputMap();
        map.Set("url", url);
        if (this["weight"] is { } weight && weight is not ("1" or "0"))
        {
            map.Word("weight", weight);
        }

        if (this["maxconn"] is { } most && most != "0")
        {
            map.Word("max_conns", most);
        }

        if (Has("backup"))
        {
            map.Word("backup", "true");
        }

        if (Has("disabled") || this["weight"] == "0")
        {
            map.Word("down", "true");
        }

        return map.Entries.Count == 1 ? new OutputText(url) : map;
    }

    /// <summary>What is said of TLS to the server.</summary>
    public void WriteTls(OutputMap upstream)
    {
        if (!Has("ssl"))
        {
            return;
        }

        var tls = new OutputMap();
        if (this["verify"] is null or "none")
        {
            tls.Word("verify", "false");
        }
        else if (this["ca-file"] is { } ca && !ca.StartsWith('@'))
        {
            tls.Set("ca", ca);
        }

        string? name =
            this["verifyhost"] ?? (this["sni"] is { } sni && sni.StartsWith("str(", StringComparison.Ordinal) ? sni[4..^1] : null);
        if (name is not null)
        {
            tls.Set("server_name", name);
        }

        if (this["crt"] is { } crt)
        {
            tls.Set("cert", crt);
            tls.Set("key", crt);
        }

        if (tls.Entries.Count > 0)
        {
            upstream.Set("tls", tls);
        }
    }

    private void Read(IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (_flags.Contains(words[i]))
            {
                _values[words[i]] = "";
            }
            else if (_tuning.Contains(words[i]) && i + 1 < words.Count)
            {
                _values[words[i]] = words[++i];
            }
            else
            {
                _unknown.Add(words[i]);
            }
        }
    }
}
