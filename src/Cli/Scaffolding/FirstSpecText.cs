using System.Text;
using System.Text.RegularExpressions;
using Confgen.Model.Units;

namespace Confgen.Cli.Scaffolding;

/// <summary>Writes a first spec as someone would by hand, with the comments that one wishes for on the first day.</summary>
internal static partial class FirstSpecText
{
    /// <summary>The text.</summary>
    /// <param name="spec">What it is made of.</param>
    /// <param name="targets">The targets to build for, as <c>nginx,caddy</c>.</param>
    /// <param name="modeline">The line that leads editors to a schema, or null.</param>
    public static string Of(FirstSpec spec, string targets, string? modeline)
    {
        var text = new StringBuilder();
        if (modeline is not null)
        {
            text.Append(modeline).Append('\n');
        }

        text.Append(
            spec.Kind switch
            {
                FirstSpecKind.Streaming => Streaming(spec, targets),
                FirstSpecKind.Known => Known(spec, spec.Known!),
                FirstSpecKind.Many => Many(spec),
                _ => App(spec, targets),
            }
        );
        return text.ToString();
    }

    private static string App(FirstSpec spec, string targets) =>
        $$"""
            # An application behind a proxy.
            #   confgen build -t {{targets}}     writes the configurations to out/
            #   confgen explain {{Url(spec)}}     shows what becomes of a request
            sites:
              - host: {{Host(spec.Host)}}
            {{Tls(
                spec,
                spec.Host
            )}}    # Host, the raw path and the body arrive as the client sent them; X-Forwarded-For and -Proto can be trusted.
                proxy: {{Quote(spec.Upstream)}}
                # A request body of 100 MB and a silence of 60 seconds are allowed unless you say otherwise:
                # max_body: 10MB
                # timeouts: { read: 300s }

            # What you rely on: `confgen test` checks it.
            tests:
              - get: {{Url(spec)}}
                expect: { upstream: {{Quote(spec.Upstream)}}, target: / }

            """;

    private static string Streaming(FirstSpec spec, string targets) =>
        $$"""
            # An application that streams: responses come piece by piece over server-sent events, some clients use a WebSocket.
            #   confgen build -t {{targets}}     writes the configurations to out/
            upstreams:
              app: {{Quote(spec.Upstream)}}

            sites:
              - host: {{Host(spec.Host)}}
            {{Tls(spec, spec.Host)}}    routes:
                  # Nothing is buffered or compressed, each piece is passed on at once, and the application may think for an hour.
                  - path: /
                    proxy: app
                    sse: true
                    websocket: true

                  # Files whose names change with their content: a browser may keep them for good. Adjust the pattern to your application.
                  - regex: '\.(js|css|woff2?)$'
                    proxy: app
                    cache_control: public, max-age=31536000, immutable

                  # For monitoring: responses without the application.
                  - exact: /proxy-health
                    respond: { body: "ok\n" }
                    log: off

            # What you rely on: `confgen test` checks it.
            tests:
              - get: {{Url(spec)}}api/chat?stream=1
                expect: { upstream: app, target: /api/chat?stream=1 }
              - get: {{Url(spec)}}proxy-health
                expect: { status: 200 }

            """;

    private static string Known(FirstSpec spec, Application application)
    {
        string Named(string text) => text.Replace(Application.SampleHost, spec.Host.Name, StringComparison.Ordinal);

        bool isFirst = true;
        string text = SiteTls()
            .Replace(
                application.Spec,
                site =>
                {
                    string tls = Tls(spec, new HostPattern(HostPatternKind.Exact, Named(site.Groups["host"].Value)), isFirst);
                    isFirst = false;
                    return site.Groups["before"].Value + tls;
                }
            );
        text = Named(text);
        if (spec.Upstream.ToString() != application.Upstream)
        {
            // Without quotes where it may be: in a URL of forward_auth a path follows it.
            string address = spec.Upstream.ToString();
            text = text.Replace(
                application.Upstream,
                address.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '_' or '[' or ']')
                    ? address
                    : Quote(spec.Upstream),
                StringComparison.Ordinal
            );
        }

        return spec.HasTls
            ? text
            : Regex.Replace(
                text,
                $"https://(?<host>([a-z]+\\.)?{Regex.Escape(spec.Host.Name)})",
                "http://${host}",
                RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
            );
    }

    private static string Many(FirstSpec spec)
    {
        var text = new StringBuilder(
            "# Several applications on one machine, each with a host.\n"
                + "# They may also stand in files of their own: include: [apps/*.yaml]\nsites:\n"
        );
        foreach ((HostPattern host, ServerAddress upstream) in spec.Apps)
        {
            text.Append(
                $"  - host: {Host(host)}\n{Tls(spec, host, withComments: ReferenceEquals(host, spec.Apps[0].Host))}    proxy: "
                    + $"{Quote(upstream)}\n\n"
            );
        }

        text.Append("# What you rely on: `confgen test` checks it.\ntests:\n");
        foreach ((HostPattern host, ServerAddress upstream) in spec.Apps)
        {
            text.Append($"  - get: {spec.Scheme}://{host}/\n    expect: {{ upstream: {Quote(upstream)} }}\n");
        }

        return text.ToString();
    }

    // The lines of a site's TLS, with their ends.
    private static string Tls(FirstSpec spec, HostPattern host, bool withComments = true) =>
        spec.Certificate switch
        {
            FirstSpec.Off => withComments
                ? "    # Plain HTTP on port 80. With certificates: tls: { cert: /etc/ssl/site.pem, key: /etc/ssl/site.key }, or tls: auto "
                    + "for Caddy.\n"
                : "",
            FirstSpec.Auto => (
                withComments
                    ? "    # Caddy and `confgen serve` get certificates by themselves; for nginx name files: { cert: ..., key: ... }\n"
                    : ""
            ) + "    tls: auto\n    hsts: true\n",
            FirstSpec.Internal => (withComments ? "    # Self-signed, for development.\n" : "") + "    tls: internal\n    hsts: true\n",
            var folder => $"    tls: {{ cert: {folder}/{host.Name}.pem, key: {folder}/{host.Name}.key }}\n    hsts: true\n",
        };

    private static string Url(FirstSpec spec) => $"{spec.Scheme}://{spec.Host}/";

    private static string Host(HostPattern host) =>
        host.Kind == HostPatternKind.Exact && !host.Name.StartsWith('[') ? host.ToString() : $"\"{host}\"";

    private static string Quote(ServerAddress address) => $"\"{address}\"";

    [GeneratedRegex(
        "(?<before>  - host: (?<host>.+)\n(    listen: .+\n)?)    tls: auto\n    hsts: true\n",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex SiteTls();
}
