using Confgen.Compiler.Binding.Upstreams;
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
        Bad = "upstreams:\n  app: http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: app }\n  - { host: b.example.com, proxy: ap }\n",
        Good = "upstreams:\n  app: http://127.0.0.1:3000\nsites:\n  - { host: a.example.com, proxy: app }\n  - { host: b.example.com, proxy: app }\n",
    };

    public static (Upstream Upstream, string? Tunnel)? Bind(BindingContext c, SyntaxNode node)
    {
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

        string? near = Spelling.Nearest(text, c.Upstreams.Keys);
        SourceSpan defined = near is null ? SourceSpan.None : c.Upstreams[near].At.Span;
        c.Diagnostics.Report(
            Unknown,
            node.Span,
            $"unknown upstream '{text}'",
            near is null ? "define it under 'upstreams', or write a URL as http://127.0.0.1:3000" : $"did you mean '{near}'? (defined at {defined})");
        return null;
    }

    private static (Upstream Upstream, string? Tunnel)? Tunnel(BindingContext c, SyntaxNode node, string name)
    {
        if (!c.Tunnels.TryGetValue(name, out Model.Tunnels.Tunnel? tunnel))
        {
            c.Diagnostics.Report(Unknown, node.Span, $"unknown tunnel '{name}'", Spelling.DidYouMean(name, c.Tunnels.Keys) ?? "define it under 'tunnels'");
            return null;
        }

        var at = new Source(node.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), UpstreamBinder.Schema.Name);
        var upstream = tunnel?.MakeUpstream() ?? new Upstream { Name = "tunnel:" + name, Tunnel = name };
        return (upstream with { At = at, Servers = upstream.Servers.Select(s => s with { At = at }).ToValueList() }, name);
    }
}
