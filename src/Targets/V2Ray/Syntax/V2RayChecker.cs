using Confgen.Compiler.Syntax;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>Finds in one configuration what <c>v2ray -test</c> lets pass and what then carries nothing, or carries it elsewhere.</summary>
internal static class V2RayChecker
{
    /// <summary>Everything that is wrong.</summary>
    public static IEnumerable<V2RayFinding> Check(V2RayConfig config) =>
        [
            .. V2RayKeys.Check(config.Root),
            .. Tags(config),
            .. Ports(config),
            .. Rules(config),
            .. FirstOutbound(config),
            .. config.Portals.SelectMany(p => Portal(config, p)),
            .. config.Bridges.SelectMany(b => Bridge(config, b)),
        ];

    // A portal is an outbound too, and a bridge an inbound: they share the tags.
    private static IEnumerable<V2RayFinding> Tags(V2RayConfig config) =>
        Doubled(config.Inbounds.Concat(config.Bridges)).Concat(Doubled(config.Outbounds.Concat(config.Portals)));

    private static IEnumerable<V2RayFinding> Doubled(IEnumerable<SyntaxNode> nodes) =>
        from node in nodes
        let tag = node.Text("tag") ?? ""
        group node by tag into same
        from second in same.Skip(1)
        where same.Key.Length > 0
        select new V2RayFinding(second.Span, $"the tag '{same.Key}' is given twice");

    private static IEnumerable<V2RayFinding> Ports(V2RayConfig config)
    {
        for (int i = 0; i < config.Inbounds.Count; i++)
        {
            SyntaxNode inbound = config.Inbounds[i];
            string listen = inbound.Text("listen") ?? "0.0.0.0";
            if (
                config
                    .Inbounds.Take(i)
                    .Any(other => other.Number("port") == inbound.Number("port") && Overlap(other.Text("listen") ?? "0.0.0.0", listen))
            )
            {
                yield return new V2RayFinding(inbound.Span, $"another inbound listens on port {inbound.Number("port")} too");
            }
        }
    }

    private static bool Overlap(string one, string other) => one == other || one is "0.0.0.0" or "::" || other is "0.0.0.0" or "::";

    private static IEnumerable<V2RayFinding> Rules(V2RayConfig config)
    {
        HashSet<string> inbounds = [.. config.Inbounds.Concat(config.Bridges).Select(n => n.Text("tag")).OfType<string>()];
        HashSet<string> outbounds = [.. config.Outbounds.Concat(config.Portals).Select(n => n.Text("tag")).OfType<string>()];
        for (int i = 0; i < config.Rules.Count; i++)
        {
            V2RayRule rule = config.Rules[i];
            foreach (string tag in rule.Inbounds.Where(t => !inbounds.Contains(t)))
            {
                yield return new V2RayFinding(rule.Span, $"no inbound or bridge has the tag '{tag}'");
            }

            if (!outbounds.Contains(rule.Outbound))
            {
                yield return new V2RayFinding(
                    rule.Span,
                    $"no outbound or portal has the tag '{rule.Outbound}': V2Ray would take the first outbound"
                );
            }

            if (config.Rules.Take(i).Any(earlier => earlier.Covers(rule)))
            {
                yield return new V2RayFinding(rule.Span, "an earlier rule takes everything that is meant for this one");
            }

            foreach (string domain in rule.Domains.Where(d => !d.Contains(':', StringComparison.Ordinal)))
            {
                yield return new V2RayFinding(rule.Span, $"'{domain}' would fit every name that contains it: write 'full:{domain}'");
            }
        }
    }

    // What no rule takes leaves by the first outbound: with `freedom` there, whoever knows an id has an open proxy.
    private static IEnumerable<V2RayFinding> FirstOutbound(V2RayConfig config) =>
        config.Outbounds is [var first, ..] && first.Text("protocol") != "blackhole"
            ? [new V2RayFinding(first.Span, "the first outbound takes what no rule does: it must be a 'blackhole'")]
        : config.Outbounds.Count == 0
            ? [new V2RayFinding(config.Root.Span, "there is no outbound: what no rule takes would go into a tunnel")]
        : [];

    private static IEnumerable<V2RayFinding> Portal(V2RayConfig config, SyntaxNode portal)
    {
        string tag = portal.Text("tag") ?? "";
        string domain = portal.Text("domain") ?? "";
        if (!config.Inbounds.Any(i => V2RayEnd.OfInbound(i) is { } end && config.RuleOf(end.Tag, domain)?.Outbound == tag))
        {
            yield return new V2RayFinding(portal.Span, $"no rule brings a bridge's connections for '{domain}' to the portal '{tag}'");
        }

        SyntaxNode[] entries =
        [
            .. config.Inbounds.Where(i =>
                i.Text("protocol") == "dokodemo-door" && config.RuleOf(i.Text("tag") ?? "", null)?.Outbound == tag
            ),
        ];
        if (entries.Length == 0)
        {
            yield return new V2RayFinding(portal.Span, $"no entry leads to the portal '{tag}'");
        }

        foreach (SyntaxNode entry in entries)
        {
            string? address = entry.Text("settings", "address");
            if (address is null || address == domain)
            {
                yield return new V2RayFinding(
                    entry.Span,
                    address is null
                        ? "a 'dokodemo-door' needs an address"
                        : $"an entry's address is not the tunnel's domain '{domain}': the portal would take requests for bridges"
                );
            }
        }
    }

    private static IEnumerable<V2RayFinding> Bridge(V2RayConfig config, SyntaxNode bridge)
    {
        string tag = bridge.Text("tag") ?? "";
        string domain = bridge.Text("domain") ?? "";
        if (config.OutboundOf(config.RuleOf(tag, domain)?.Outbound ?? "") is not { } link || V2RayEnd.OfOutbound(link) is null)
        {
            yield return new V2RayFinding(
                bridge.Span,
                $"the first rule for the bridge '{tag}' and its domain '{domain}' doesn't lead to a portal"
            );
        }

        if (
            config.OutboundOf(config.RuleOf(tag, null)?.Outbound ?? "") is not { } service
            || service.Text("protocol") != "freedom"
            || service.Text("settings", "redirect") is null
        )
        {
            yield return new V2RayFinding(
                bridge.Span,
                $"no rule leads from the bridge '{tag}' to a service: a 'freedom' outbound with 'redirect'"
            );
        }
    }
}
