using System.Security.Cryptography;
using System.Text;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Networks that routes ask for. Before 2.8 the address of a client behind trusted proxies is a text to Caddy, which its address matchers
/// see at the start of X-Forwarded-For alone: there the site's block finds out once which of the networks have it.
/// </summary>
internal static class ClientNetworks
{
    /// <summary>The matcher of the networks, as <c>remote_ip 10.0.0.0/8</c>; null where any client will do.</summary>
    public static string? Matcher(CaddyQuoter texts, RouteConditions match) =>
        match.Clients.Count == 0 ? null
        : texts.ParsesForwarded ? $"vars {Variable(match.Clients)} yes"
        : (texts.TrustedProxies is null ? "remote_ip " : "client_ip ") + texts.Blocks(match.Clients);

    /// <summary>What the site's block has to find out.</summary>
    public static IEnumerable<ClientNetworkView> Of(CaddyQuoter texts, Site site) =>
        texts.ParsesForwarded
            ? site
                .Routes.SelectMany(static route => route.Match.Blocks())
                .Select(static block => block.Clients)
                .Where(static blocks => blocks.Count > 0)
                .Distinct()
                .Select(blocks => new ClientNetworkView(Variable(blocks), texts.Blocks(blocks)))
            : [];

    // The first network, and a mark where there are more.
    private static string Variable(ValueList<Cidr> blocks)
    {
        string first = string.Concat(blocks[0].ToString().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', blocks))).AsSpan(0, 3));
        return "from_" + (blocks.Count == 1 ? first : first + "_" + mark);
    }
}
