using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Streams;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler.Lint.Rules.Streams;

/// <summary>A stream's listener is its own.</summary>
internal sealed class StreamConflictRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0207",
        "stream-conflict",
        Severity.Error,
        "A stream that listens where a site, a portal or another stream does"
    )
    {
        Why =
            "A connection belongs to one of them before a byte of it is read. Streams that share a port by the TLS name are "
            + "one stream with `sni`. For sites behind the port, give them a listener on loopback, and the stream an upstream for it: "
            + "`proxy_protocol` passes on the client's address.",
        Bad = """
            streams:
              mail: { listen: 443, sni: { mail.example.com: "tcp://127.0.0.1:8443" } }
            sites:
              - { host: a.example.com, tls: internal, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            streams:
              mail:
                listen: 443
                sni: { mail.example.com: "tcp://127.0.0.1:8443" }
                upstream: tcp://127.0.0.1:4430
            sites:
              - { host: a.example.com, listen: "127.0.0.1:4430", tls: internal, redirect_http: off, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var taken = new List<(ListenAddress At, string Who, RelatedSpan Place)>();
        if (spec.Streams.Count > 0)
        {
            taken.AddRange(
                Model
                    .Rules.Listeners.Of(spec)
                    .Select(l => (l.Address, "a site", new RelatedSpan(l.Sites.Concat(l.Redirects).First().At.Of("host"), "the site")))
            );
            taken.AddRange(
                spec.Tunnels.Select((Tunnel t) => (t.Portal.Listen, "a portal", new RelatedSpan(t.Portal.At.Of("listen"), "the portal")))
            );
        }

        foreach (TcpStream stream in spec.Streams)
        {
            foreach (ListenAddress listen in stream.Listen)
            {
                if (taken.FirstOrDefault(t => Overlaps(t.At, listen)) is { Who: { } who } first)
                {
                    context.Report(
                        listen.At.Span,
                        listen.SocketPath is null ? $"{who} listens on port {listen.Port}" : $"{who} listens on {listen}",
                        who == "a stream"
                            ? "give the stream a port of its own, or make one stream of both with 'sni'"
                            : "give the stream a port of its own",
                        first.Place
                    );
                }

                taken.Add((listen, "a stream", new RelatedSpan(stream.At.Of(StreamFields.Listen), $"the stream '{stream.Name}'")));
            }
        }
    }

    // A port on every address takes in the same port on one.
    private static bool Overlaps(ListenAddress a, ListenAddress b) =>
        a.SocketPath == b.SocketPath && a.Port == b.Port && (a.Address == b.Address || IsWildcard(a.Address) || IsWildcard(b.Address));

    private static bool IsWildcard(string? address) => address is null or "0.0.0.0" or "::";
}
