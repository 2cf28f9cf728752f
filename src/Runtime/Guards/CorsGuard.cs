using System.Globalization;
using Confgen.Model.Guards;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;

namespace Confgen.Runtime.Guards;

/// <summary>Cross-origin resource sharing of one route (the Fetch standard, section 3.2).</summary>
internal static class CorsGuard
{
    // What the upstream says: the same for each request.
    private static readonly FieldEditor _drops = Cors.ResponseHeaders.Aggregate(
        new FieldEditor(),
        static (edits, name) => edits.Remove(name)
    );

    /// <summary>Whether the request is a preflight, which the proxy answers itself.</summary>
    public static bool IsPreflight(Request request) =>
        request.Method == "OPTIONS"
        && request.Fields.IndexOf(FieldKind.Origin) >= 0
        && request.Fields.IndexOf("Access-Control-Request-Method"u8) >= 0;

    /// <summary>
    /// The fields that the response loses and gets: gets none where the origin isn't allowed, so that the browser refuses it.
    /// </summary>
    public static FieldEditor EditsFor(Cors cors, Request request, bool isPreflight)
    {
        var edits = new FieldEditor(_drops);
        if (!cors.AnyOrigin)
        {
            edits.Add("Vary", "Origin");
        }

        int at = request.Fields.IndexOf(FieldKind.Origin);
        string? origin = at < 0 ? null : request.Fields.ValueText(at);
        string? allowed =
            cors.AnyOrigin ? "*"
            : origin is not null && cors.Origins.Contains(origin) ? origin
            : null;
        if (allowed is null)
        {
            return edits;
        }

        edits.Add("Access-Control-Allow-Origin", allowed);
        if (cors.Credentials)
        {
            edits.Add("Access-Control-Allow-Credentials", "true");
        }

        if (isPreflight)
        {
            edits.Add("Access-Control-Allow-Methods", string.Join(", ", cors.Methods));
            if (cors.Headers.Count > 0)
            {
                edits.Add("Access-Control-Allow-Headers", string.Join(", ", cors.Headers));
            }

            if (cors.MaxAge is { } age)
            {
                edits.Add("Access-Control-Max-Age", ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            }
        }
        else if (cors.ExposeHeaders.Count > 0)
        {
            edits.Add("Access-Control-Expose-Headers", string.Join(", ", cors.ExposeHeaders));
        }

        return edits;
    }
}
