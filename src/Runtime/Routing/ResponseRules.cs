using Confgen.Model.Rules;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Routing;

/// <summary>What every response of a route gets, its errors included.</summary>
internal static class ResponseRules
{
    /// <summary>Applies CORS, then the site's and the route's header rules; framing stays out of their reach.</summary>
    public static void Apply(RoutedRequest request)
    {
        FieldList fields = request.Exchange.Response.Fields;
        request.GuardEdits?.Apply(fields, request);
        FieldEditor edits = SuccessStatus.Includes(request.Exchange.Response.Status)
            ? request.Route.SuccessEdits
            : request.Route.ErrorEdits;
        if (!edits.IsEmpty)
        {
            edits.Apply(fields, request);
            HopByHop.Remove(fields);
        }

        request.Exchange.Response.Encoder = CompressionRule.Apply(request);
    }
}
