using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Listening;

namespace Confgen.Runtime;

/// <summary>What the language can say and this proxy doesn't do, told at its place, so that nothing is dropped in silence.</summary>
internal static class UnsupportedFeatures
{
    /// <summary>Tells each such thing.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="plans">Its listeners.</param>
    /// <param name="isHandedOver">Whether a listener's socket is somebody else's.</param>
    /// <param name="notice">Gets a line for each.</param>
    public static void Find(Spec spec, IReadOnlyList<ListenPlan> plans, Func<ListenPlan, bool> isHandedOver, Action<string> notice)
    {
        foreach (Site site in spec.Sites)
        {
            if (site.Http3 && !QuicPlatform.IsHere)
            {
                notice($"{site.At.Of("http3")}: {QuicPlatform.Missing}");
            }
            else if (site.Http3)
            {
                foreach (ListenPlan plan in plans.Where(p => site.Listen.Any(l => l.ToString() == p.Key)))
                {
                    if (plan.Address.SocketPath is not null)
                    {
                        notice($"{site.At.Of("http3")}: no HTTP/3 at {plan.Address}: it needs UDP");
                    }
                    else if (isHandedOver(plan))
                    {
                        notice(
                            $"{site.At.Of("http3")}: no HTTP/3 at {plan.Address}: its socket was handed over, and one of UDP can't be: "
                                + $"let confgen bind it itself"
                        );
                    }
                }
            }
        }
    }
}
