using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Binding.Upstreams;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Resolves what a route proxies to: an upstream's name, a URL, or <c>tunnel:NAME</c>.</summary>
internal static class UpstreamReference
{
    public static readonly Rule Unknown = new("CFG0107", "unknown-upstream", Severity.Error, "An upstream that is not defined")
    {
        Why = "A route names an upstream of `upstreams:`, a URL, or `tunnel:NAME`. The message names the nearest one that there is.",
        Bad =
            "upstreams:\n  app: http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: app }\n"
            + "  - { host: b.example.com, proxy: ap }\n",
        Good =
            "upstreams:\n  app: http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: app }\n"
            + "  - { host: b.example.com, proxy: app }\n",
    };

    public static (Upstream Upstream, string? Tunnel)? Bind(BindingContext c, SyntaxNode node)
    {
        if (node is ListSyntax { Items.Count: > 1 } servers && servers.Items.All(i => i is ScalarSyntax))
        {
            c.Diagnostics.Report(
                ValueRules.WrongType,
                node.Span,
                servers.Items.OfType<ScalarSyntax>().All(s => c.Upstreams.ContainsKey(s.Value))
                    ? "expected one upstream, found a list of them"
                    : "expected one upstream, found a list of servers",
                servers.Items.OfType<ScalarSyntax>().Any(s => c.Upstreams.ContainsKey(s.Value))
                    ? new Advice("write one upstream under 'upstreams' with the servers of all of them, and its name here")
                    : NewUpstream.Of(c, servers)
            );
            return null;
        }

        if (node is MapSyntax map)
        {
            c.Diagnostics.Report(
                ValueRules.WrongType,
                node.Span,
                "expected an upstream's name or a URL, found a map",
                WrongShapes.ForScalar(c, map) ?? OfMap(map)
            );
            return null;
        }

        if (ScalarReader.Text(c, node, "an upstream's name or a URL") is not { } text)
        {
            return null;
        }

        if (text.StartsWith("tunnel:", StringComparison.Ordinal))
        {
            return Tunnel(c, node, text["tunnel:".Length..]);
        }

        if (c.Upstreams.TryGetValue(text, out Upstream? named))
        {
            c.UsedUpstreams.Add(text);
            return (named, null);
        }

        if (text.Contains(':', StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal))
        {
            Upstream inline = UpstreamBinder.Inline(c, text, node);
            return inline.Servers.Count > 0 ? (inline, null) : null;
        }

        if (c.HasOtherUpstreams)
        {
            return null;
        }

        if (c.Tunnels.ContainsKey(text))
        {
            c.Diagnostics.Report(
                Unknown,
                node.Span,
                $"'{text}' is a tunnel, not an upstream",
                Advice.Replace(node.Span, YamlScalar.Of("tunnel:" + text))
            );
            return null;
        }

        if (text.Contains('.', StringComparison.Ordinal))
        {
            c.Diagnostics.Report(
                ServerBinder.BadUrl,
                node.Span,
                $"'{text}' has no scheme and no port",
                $"write the URL with the port that the server listens on, as 'http://{text}:3000'"
            );
            return null;
        }

        string[] near = [.. Spelling.AllNearest(text, c.Upstreams.Keys)];
        Advice advice =
            text.All(char.IsAsciiDigit) && ValueSuggestions.Url(text) is { } url ? Advice.Replace(node.Span, YamlScalar.Of(url))
            : near is [var only] ? Advice.Replace(node.Span, only, $"did you mean '{only}'? (defined at {c.Upstreams[only].At.Span})")
            : near.Length > 1 ? new Advice($"did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?")
            : new Advice(
                $"add it under 'upstreams', as '{text}: http://127.0.0.1:3000', or write the URL here; a file that another one includes "
                    + $"is validated by that one"
            );
        c.Diagnostics.Report(Unknown, node.Span, $"unknown upstream '{text}'", advice);
        return null;
    }

    private static Advice OfMap(MapSyntax map) =>
        map.Entries.FirstOrDefault(e =>
            e.Value is ScalarSyntax && e.Key.Value is "host" or "service" or "address" or "name" or "serviceName"
        )
            is { Value: ScalarSyntax host }
        && map.Entries.FirstOrDefault(e => e.Key.Value is "port" or "servicePort") is { Value: ScalarSyntax port }
        && ValueSuggestions.Url($"{host.Value}:{port.Value}") is { } url
            ? Advice.Replace(map.Span, YamlScalar.Of(url))
            : new Advice("write this map under 'upstreams', as 'upstreams: { app: { servers: [...] } }', and 'proxy: app' here");

    private static (Upstream Upstream, string? Tunnel)? Tunnel(BindingContext c, SyntaxNode node, string name)
    {
        if (!c.Tunnels.TryGetValue(name, out Model.Tunnels.Tunnel? tunnel))
        {
            c.Diagnostics.Report(
                Unknown,
                node.Span,
                $"unknown tunnel '{name}'",
                Spelling.DidYouMean(name, c.Tunnels.Keys) ?? "define it under 'tunnels'"
            );
            return null;
        }

        var at = new Source(node.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), UpstreamFields.Schema.Name);
        var upstream = tunnel?.MakeUpstream() ?? new Upstream { Name = "tunnel:" + name, Tunnel = name };
        return (upstream with { At = at, Servers = upstream.Servers.Select(s => s with { At = at }).ToValueList() }, name);
    }
}
