using System.Net;
using System.Text;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;

namespace Confgen.Model.Rules;

public sealed partial class Evaluator
{
    // A guard must give the same verdict on every reading of the path; see LenientPath.
    private static string? Ambiguity(RouteTable routes, Route? chosen, RawTarget target, EvaluatedRequest request, IPAddress client)
    {
        if (!LenientPath.IsSuspect(target.Path))
        {
            return null;
        }

        if (LenientPath.Readings(target.Path) is not { } readings)
        {
            return "an upstream could read a segment of its path as the parent directory, or its end as a NUL, and the site has guarded "
                + "routes";
        }

        foreach (byte[] reading in readings)
        {
            EvaluatedRequest.Head head = request.HeadOf(reading, Encoding.Latin1.GetBytes(target.Query ?? ""), client);
            if (routes.IsAmbiguous(chosen, in head))
            {
                return $"an upstream could read its path as {Encoding.UTF8.GetString(reading)}, which leads to another route, and one of "
                    + $"the two is guarded";
            }
        }

        return null;
    }
}
