using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads where a frontend listens.</summary>
internal sealed class BindReader
{
    private readonly List<(SourceLine Line, string Listen, bool HasTls)> _binds = [];

    public BindReader(SourceSection section)
    {
        foreach (SourceLine line in section.Lines.Where(static line => line[0] == "bind"))
        {
            bool hasTls = line.Words.Contains("ssl");
            foreach (string address in line[1].Split(','))
            {
                if (Listen(address) is { } listen)
                {
                    _binds.Add((line, listen, hasTls));
                }
                else
                {
                    line.Entry.Lose("a spec needs a port, or the name of a socket");
                }
            }

            if (line.Words.Contains("accept-proxy"))
            {
                line.Entry.Lose("a spec's listeners don't read the PROXY protocol");
            }
        }
    }

    /// <summary>Whether there are listeners with TLS, or those without.</summary>
    public bool Has(bool tls) => _binds.Exists(bind => bind.HasTls == tls);

    /// <summary>The only port of listeners of a kind; null for none or several.</summary>
    public string? Port(bool tls) => Distinct(tls) is [var only] && only.All(char.IsAsciiDigit) ? only : null;

    /// <summary>Says that the plain listeners are what the redirect of TLS sites needs.</summary>
    public void SayPlain(OutputNode place)
    {
        foreach ((SourceLine line, _, bool hasTls) in _binds)
        {
            if (!hasTls)
            {
                line.Entry.Say(place);
            }
        }
    }

    /// <summary>Writes the listeners and the certificate of a site.</summary>
    public void Write(OutputMap site, bool tls, string host)
    {
        string[] listen = Distinct(tls);
        OutputNode place = listen is [var only]
            ? only.All(char.IsAsciiDigit)
                ? site.Word("listen", only)
                : site.Set("listen", only)
            : site.Set("listen", new OutputList(listen.Select(static l => new OutputText(l, isWord: l.All(char.IsAsciiDigit)))));
        SourceLine[] lines = [.. _binds.Where(bind => bind.HasTls == tls).Select(static bind => bind.Line).Distinct()];
        foreach (SourceLine line in lines)
        {
            line.Entry.Say(place);
        }

        if (tls)
        {
            Tls(site, lines, host);
        }
    }

    private string[] Distinct(bool tls) => [.. _binds.Where(bind => bind.HasTls == tls).Select(static bind => bind.Listen).Distinct()];

    private static void Tls(OutputMap site, SourceLine[] lines, string host)
    {
        SourceLine line = lines[0];
        string[] files =
        [
            .. line.Words.Zip(line.Words.Skip(1)).Where(static pair => pair.First == "crt").Select(static pair => pair.Second),
        ];
        var map = new OutputMap();
        // A file has the certificate and its key.
        string file = files is [var only, ..] ? only : "/etc/ssl/" + host + ".pem";
        if (file.EndsWith('/') || files.Length != 1)
        {
            file =
                files.Length == 0
                    ? file
                    : file[..(file.LastIndexOf('/') + 1)] + (host == "_" ? "default" : host.TrimStart('*', '.')) + ".pem";
            line.Entry.Lose($"which of several files is for {host} isn't known here: the spec says {file}");
        }

        map.Set("cert", file);
        map.Set("key", file);
        if (line.Behind("ssl-min-ver") is ["TLSv1.3", ..])
        {
            map.Set("min_version", "1.3");
        }

        if (line.Behind("verify") is ["required", ..] && line.Behind("ca-file") is [var ca, ..])
        {
            map.Set("client_ca", ca);
        }

        site.Set("tls", map);
        if (line.Behind("alpn") is [var protocols, ..] && !protocols.Split(',').Contains("h2"))
        {
            site.Word("http2", "false");
        }
    }

    private static string? Listen(string address)
    {
        if (address.StartsWith("unix@", StringComparison.Ordinal) || address.StartsWith('/'))
        {
            return "unix:" + (address.StartsWith('/') ? address : address[5..]);
        }

        int colon = address.LastIndexOf(':');
        string host = colon < 0 ? "" : address[..colon];
        string port = address[(colon + 1)..];
        return port.Length == 0 || !port.All(char.IsAsciiDigit) ? null
            : host is "" or "*" or "0.0.0.0" or "::" or "[::]" ? port
            : host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]:{port}"
            : $"{host}:{port}";
    }
}
