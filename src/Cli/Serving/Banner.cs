using System.Globalization;
using System.Text;
using Confgen.Cli.Output;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Streams;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime;

namespace Confgen.Cli.Serving;

/// <summary>What is served where, for the person who started it.</summary>
internal static class Banner
{
    /// <summary>Each address, and each site with its routes; or each tunnel, on the private side.</summary>
    public static string Of(Spec spec, IReadOnlyList<BoundAddress> addresses, TunnelSide? side) =>
        Secrets.Hide(Visible.Lines(Text(spec, addresses, side)));

    private static string Text(Spec spec, IReadOnlyList<BoundAddress> addresses, TunnelSide? side)
    {
        if (side == TunnelSide.Bridge || spec.Sites.Count + spec.Streams.Count == 0)
        {
            return string.Concat(
                spec.Tunnels.Select(t =>
                    $"confgen: carrying tunnel:{t.Name} from {t.Portal.Public}:{t.Portal.Listen.Port} to {t.Bridge.Forward}\n"
                )
            );
        }

        var text = new StringBuilder("confgen: serving\n");
        foreach (BoundAddress address in addresses)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {Protocol(address)} {address.EndPoint}{(address.IsHttp3 ? " and HTTP/3" : "")}\n"
            );
        }

        foreach (Site site in spec.Sites)
        {
            text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", site.Hosts)}\n");
            foreach (Route route in site.Routes)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {route.Path, -28} {Target(route.Action)}\n");
            }
        }

        foreach (TcpStream stream in spec.Streams)
        {
            text.Append(CultureInfo.InvariantCulture, $"{stream.Name}\n");
            foreach (SniRoute route in stream.Sni)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {route.Host, -28} {Target(route.Upstream)}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  {"*", -28} {(stream.Upstream is { } rest ? Target(rest) : CloseAction.Word)}\n");
        }

        return text.ToString();
    }

    private static string Protocol(BoundAddress address) =>
        address.IsStream ? "tcp  "
        : address.IsTls ? "https"
        : "http ";

    private static string Target(RouteAction action) =>
        action switch
        {
            ProxyAction { FilesFirst: { } first } proxy => $"{first.Root}, else {Target(proxy with { FilesFirst = null })}",
            ProxyAction { FastCgi: { } fastCgi } proxy => $"{Target(proxy with { FastCgi = null })}, FastCGI in {fastCgi.Root}",
            ProxyAction { Upstream: var upstream } => Target(upstream),
            RedirectAction redirect => $"{redirect.Status} {redirect.To}",
            RespondAction respond => respond.Status.ToString(CultureInfo.InvariantCulture),
            CloseAction => CloseAction.Word,
            FilesAction files => files.Root,
            _ => action.Field,
        };

    private static string Target(Upstream upstream) =>
        upstream.IsInline ? $"-> {upstream.Name}" : $"-> {upstream.Name} ({string.Join(", ", upstream.Servers.Select(s => s.Address))})";
}
