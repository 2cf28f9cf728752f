using System.Globalization;
using Confgen.Model.Guards;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;

namespace Confgen.Runtime.Guards;

/// <summary>Cross-origin resource sharing of one route (the Fetch standard, section 3.2).</summary>
internal static class CorsGuard
{
    /// <summary>Whether the request is a preflight, which the proxy answers itself.</summary>
    public static bool IsPreflight(Request request) =>
        request.Method == "OPTIONS" && request.Fields.IndexOf(FieldKind.Origin) >= 0 && request.Fields.IndexOf("Access-Control-Request-Method"u8) >= 0;

    /// <summary>The fields that the answer gets: none where the origin isn't allowed, so that the browser refuses it.</summary>
    public static FieldEditor? EditsFor(Cors cors, Request request, bool isPreflight)
    {
        var edits = new FieldEditor();
        if (!cors.AnyOrigin || cors.Credentials)
        {
            edits.Add("Vary", "Origin");
        }

        int at = request.Fields.IndexOf(FieldKind.Origin);
        string? origin = at < 0 ? null : request.Fields.ValueText(at);
        if (origin is null || (!cors.AnyOrigin && !cors.Origins.Contains(origin)))
        {
            return edits;
        }

        // The application's own word would come twice, which browsers refuse.
        edits.Set("Access-Control-Allow-Origin", cors.AnyOrigin && !cors.Credentials ? "*" : origin);
        if (cors.Credentials)
        {
            edits.Set("Access-Control-Allow-Credentials", "true");
        }

        if (isPreflight)
        {
            edits.Set("Access-Control-Allow-Methods", string.Join(", ", cors.Methods));
            if (cors.Headers.Count > 0)
            {
                edits.Set("Access-Control-Allow-Headers", string.Join(", ", cors.Headers));
            }

            if (cors.MaxAge is { } age)
            {
                edits.Set("Access-Control-Max-Age", ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            }
        }
        else if (cors.ExposeHeaders.Count > 0)
        {
            edits.Set("Access-Control-Expose-Headers", string.Join(", ", cors.ExposeHeaders));
        }

        return edits;
    }
}
