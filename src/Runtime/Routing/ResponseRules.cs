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
        FieldEditor edits = TakesCacheControl(request.Exchange.Response.Status) ? request.Route.ResponseEdits : request.Route.UncachedEdits;
        if (!edits.IsEmpty)
        {
            edits.Apply(fields, request);
            HopByHop.Remove(fields);
        }

        request.Exchange.Response.Encoder = CompressionRule.Apply(request);
    }

    // As nginx's add_header: an error that is kept for a year outlives its cause.
    private static bool TakesCacheControl(int status) => status is (>= 200 and < 300) or 301 or 302 or 303 or 304 or 307 or 308;
}
