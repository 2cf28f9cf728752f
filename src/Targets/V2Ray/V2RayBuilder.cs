using Confgen.Model.Sites;
using Confgen.Model.Tunnels;
using Confgen.Targets.V2Ray.Syntax;
using Confgen.Targets.V2Ray.Views;

namespace Confgen.Targets.V2Ray;

/// <summary>Makes a side's view of the tunnels.</summary>
internal sealed class V2RayBuilder(IReadOnlyList<Tunnel> tunnels, V2RaySettings settings)
{
    private static readonly StringComparer _ids = StringComparer.Ordinal;

    /// <summary>The view of a side, or of a host that is both.</summary>
    public V2RayView Build(TunnelSide side)
    {
        bool portal = side.HasFlag(TunnelSide.Portal);
        bool bridge = side.HasFlag(TunnelSide.Bridge);
        var view = new V2RayView
        {
            Protocol = JsonText.Quote(settings.Protocol),
            IsVless = settings.IsVless,
            Rules = [.. portal ? PortalRules() : [], .. bridge ? BridgeRules() : []],
        };
        if (portal)
        {
            view = view with
            {
                Portals = [.. tunnels.Select(t => new V2RayTunnelView(Tag("portal", t), JsonText.Quote(t.Domain)))],
                Entries =
                [
                    .. tunnels.Select(t => new V2RayEntryView(
                        Tag("entry", t),
                        JsonText.Quote(AddressOf(t.Portal.Entry)),
                        PortOf(t.Portal.Entry)
                    )),
                ],
                Listeners = [.. ByListener().Select(ListenerOf)],
            };
        }

        return !bridge
            ? view
            : view with
            {
                Bridges = [.. tunnels.Select(t => new V2RayTunnelView(Tag("bridge", t), JsonText.Quote(t.Domain)))],
                Links =
                [
                    .. tunnels.Select(t => new V2RayLinkView(
                        Tag("link", t),
                        JsonText.Quote(t.Portal.Public.Trim('[', ']')),
                        PortOf(t.Portal.Listen),
                        JsonText.Quote(t.MakeClientId()),
                        BridgeStream(t)
                    )),
                ],
                Services = [.. tunnels.Select(t => new V2RayServiceView(Tag("service", t), JsonText.Quote(t.Bridge.Forward.HostPort)))],
            };
    }

    private IEnumerable<IGrouping<string, Tunnel>> ByListener() => tunnels.GroupBy(t => t.Portal.Listen.ToString(), StringComparer.Ordinal);

    private V2RayListenerView ListenerOf(IGrouping<string, Tunnel> tunnelsOfOne)
    {
        Tunnel first = tunnelsOfOne.First();
        Tunnel[] clients = [.. tunnelsOfOne.DistinctBy(t => t.MakeClientId(), _ids)];
        return new V2RayListenerView(
            ListenerTag(first),
            JsonText.Quote(AddressOf(first.Portal.Listen)),
            PortOf(first.Portal.Listen),
            [
                .. clients.Select(t => new V2RayClientView(
                    JsonText.Quote(t.MakeClientId()),
                    clients.Length > 1 ? JsonText.Quote(t.Domain) : null
                )),
            ],
            PortalStream(first)
        );
    }

    // The bridge's own traffic comes first on both sides: what follows takes everything.
    private IEnumerable<V2RayRuleView> PortalRules() =>
        [
            .. ByListener()
                .SelectMany(one => one.Select(t => new V2RayRuleView(ListenerTag(t), Whole(t), ClientOf(one, t), Tag("portal", t)))),
            .. tunnels.Select(t => new V2RayRuleView(Tag("entry", t), null, null, Tag("portal", t))),
        ];

    private IEnumerable<V2RayRuleView> BridgeRules() =>
        [
            .. tunnels.Select(t => new V2RayRuleView(Tag("bridge", t), Whole(t), null, Tag("link", t))),
            .. tunnels.Select(t => new V2RayRuleView(Tag("bridge", t), null, null, Tag("service", t))),
        ];

    // Where a listener has several ids, none of them may be the bridge of another's tunnel.
    private static string? ClientOf(IGrouping<string, Tunnel> listener, Tunnel tunnel) =>
        listener.DistinctBy(t => t.MakeClientId(), _ids).Skip(1).Any()
            ? JsonText.Quote(listener.First(t => t.MakeClientId() == tunnel.MakeClientId()).Domain)
            : null;

    private V2RayStreamView? PortalStream(Tunnel tunnel) =>
        settings.WsPath is null && tunnel.Portal.Tls is null
            ? null
            : new V2RayStreamView
            {
                WsPath = Quoted(settings.WsPath),
                HasTls = tunnel.Portal.Tls is not null,
                Cert = Quoted(tunnel.Portal.Tls?.Cert),
                Key = Quoted(tunnel.Portal.Tls?.Key),
            };

    private V2RayStreamView? BridgeStream(Tunnel tunnel) =>
        settings.WsPath is null && tunnel.Portal.Tls is null
            ? null
            : new V2RayStreamView
            {
                WsPath = Quoted(settings.WsPath),
                HasTls = tunnel.Portal.Tls is not null,
                ServerName = Quoted(tunnel.Portal.Public),
                Ca = tunnel.Portal.Tls is null ? null : Quoted(tunnel.Bridge.Ca),
            };

    private static string? Quoted(string? text) => text is null ? null : JsonText.Quote(text);

    private static string Whole(Tunnel tunnel) => JsonText.Quote("full:" + tunnel.Domain);

    private static string Tag(string what, Tunnel tunnel) => JsonText.Quote($"{what}-{tunnel.Name}");

    private string ListenerTag(Tunnel tunnel) =>
        JsonText.Quote("bridges-" + tunnels.First(t => t.Portal.Listen.ToString() == tunnel.Portal.Listen.ToString()).Name);

    // V2Ray's own default is every IPv4 address alone.
    private static string AddressOf(ListenAddress listen) => listen.Address ?? "::";

    private static string PortOf(ListenAddress listen) => string.Create(null, $"{listen.Port}");
}
