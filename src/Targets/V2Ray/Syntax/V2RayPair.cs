using Confgen.Compiler.Syntax;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>Finds where the two sides of a pair don't fit each other, which neither of them can tell by itself.</summary>
internal static class V2RayPair
{
    /// <summary>Everything that differs.</summary>
    public static IEnumerable<V2RayFinding> Check(V2RayConfig portal, V2RayConfig bridge)
    {
        string[] portals = [.. portal.Portals.Select(p => p.Text("domain") ?? "")];
        string[] bridges = [.. bridge.Bridges.Select(b => b.Text("domain") ?? "")];
        foreach (SyntaxNode one in portal.Portals.Where(p => !bridges.Contains(p.Text("domain") ?? "")))
        {
            yield return new V2RayFinding(one.Span, $"no bridge has the domain '{one.Text("domain")}'");
        }

        V2RayEnd[] listeners = [.. portal.Inbounds.Select(V2RayEnd.OfInbound).OfType<V2RayEnd>()];
        foreach (SyntaxNode one in bridge.Bridges)
        {
            string domain = one.Text("domain") ?? "";
            if (!portals.Contains(domain))
            {
                yield return new V2RayFinding(one.Span, $"no portal has the domain '{domain}'");
            }
            else if (
                bridge.OutboundOf(bridge.RuleOf(one.Text("tag") ?? "", domain)?.Outbound ?? "") is { } outbound
                && V2RayEnd.OfOutbound(outbound) is { } link
            )
            {
                string portalTag = portal.Portals.First(p => p.Text("domain") == domain).Text("tag") ?? "";
                V2RayEnd[] meant = [.. listeners.Where(l => portal.RuleOf(l.Tag, domain)?.Outbound == portalTag)];
                if (meant.Length > 0 && Differences(link, meant) is { } difference)
                {
                    yield return new V2RayFinding(link.Span, $"the bridge for '{domain}' {difference}");
                }
            }
        }
    }

    private static string? Differences(V2RayEnd link, V2RayEnd[] listeners)
    {
        if (listeners.FirstOrDefault(l => l.Port == link.Port) is not { } listener)
        {
            return $"connects to port {link.Port}, where the portal doesn't listen for it";
        }

        // Ids are secrets: they are not shown.
        return listener.Protocol != link.Protocol ? $"speaks {link.Protocol}, the portal {listener.Protocol}"
            : listener.Network != link.Network ? $"uses the transport {link.Network}, the portal {listener.Network}"
            : listener.Network == "ws" && listener.Path != link.Path ? $"asks for the path {link.Path}, the portal has {listener.Path}"
            : listener.Security != link.Security ? $"has the security '{link.Security}', the portal '{listener.Security}'"
            : !link.Ids.Any(id => listener.Ids.Contains(id, StringComparer.OrdinalIgnoreCase)) ? "has an id that the portal doesn't know"
            : null;
    }
}
