using System.Net;
using Confgen.Model;
using Confgen.Model.Rules;

namespace Confgen.Cli.Explaining;

/// <summary>The request that a call asks about.</summary>
internal static class ExplainedRequest
{
    /// <summary>The request, or what is wrong with the call.</summary>
    public static (EvaluatedRequest? Request, string? Problem) Of(string url, string method, IReadOnlyList<string> headers, string? from)
    {
        bool hasScheme =
            url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!hasScheme)
        {
            return (null, $"'{url}' has no http:// or https://");
        }

        // No request carries them in its target (RFC 9110, section 4.2.4).
        int start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = url.AsSpan(start).IndexOfAny('/', '?', '#');
        if (url.AsSpan(start, end < 0 ? url.Length - start : end).Contains('@'))
        {
            return (
                null,
                "the URL holds a user or a password: leave them out, and add --header 'Authorization: ...' where the spec asks for one"
            );
        }

        var parsed = new List<KeyValuePair<string, string>>();
        foreach (string header in headers)
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                return (null, $"the header '{header}' has no colon");
            }

            parsed.Add(new(header[..colon].Trim(), header[(colon + 1)..].Trim()));
        }

        IPAddress? peer = EvaluatedRequest.PublicPeer;
        return from is not null && !IPAddress.TryParse(from, out peer)
            ? (null, $"invalid address '{from}'")
            : (EvaluatedRequest.FromUrl(method, url, parsed.ToValueList(), peer ?? EvaluatedRequest.PublicPeer), null);
    }
}
