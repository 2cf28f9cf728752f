using Confgen.Model.Sources;
using Confgen.Model.Tunnels;

namespace Confgen.Model.Differences;

/// <summary>What changes in reverse tunnels; no request shows it.</summary>
internal static class TunnelDifferences
{
    /// <summary>The tunnels that come, go or change.</summary>
    public static IEnumerable<Difference> Of(ValueList<Tunnel> old, ValueList<Tunnel> @new)
    {
        foreach (string name in old.Concat(@new).Select(t => t.Name).Distinct(StringComparer.Ordinal))
        {
            (Tunnel? was, Tunnel? now) = (old.FirstOrDefault(t => t.Name == name), @new.FirstOrDefault(t => t.Name == name));
            if (was == now)
            {
                continue;
            }

            bool losesTls = was?.Portal.Tls is not null && now is { Portal.Tls: null };
            yield return new Difference
            {
                Aspect = Aspect.Tunnel,
                Old = was is null ? "none" : Text(was),
                New = now is null ? "none" : Text(now),
                Risk =
                    losesTls ? Risk.Exposure
                    : was is null ? Risk.Change
                    : Risk.Breakage,
                Consequence =
                    losesTls ? $"the tunnel '{name}' is no longer encrypted"
                    : was is null ? $"the tunnel '{name}' is new"
                    : now is null ? $"the tunnel '{name}' ends, and what is published through it can't be reached"
                    : was.Secret != now.Secret ? $"the secret of the tunnel '{name}' changes: both sides need it at once"
                    : $"the tunnel '{name}' changes: both sides must be deployed",
                OldAt = was?.At.Span ?? SourceSpan.None,
                NewAt = now?.At.Span ?? SourceSpan.None,
            };
        }
    }

    private static string Text(Tunnel tunnel) =>
        string.Create(
            null,
            $"{tunnel.Bridge.Forward} through {tunnel.Portal.Public} on "
                + $"{tunnel.Portal.Listen}{(tunnel.Portal.Tls is null ? "" : " with TLS")}, {tunnel.Bridge.Connections} connections"
        );
}
