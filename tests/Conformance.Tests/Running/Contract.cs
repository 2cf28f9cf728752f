using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

/// <summary>
/// What the contract says of an exchange, where the case doesn't say otherwise: the request arrives as it was sent, less hop-by-hop
/// headers and what untrusted clients tell of themselves, plus the headers that tell of the client; nothing is invented. The response
/// comes back likewise.
/// </summary>
internal static class Contract
{
    private static readonly string[] _hopByHop =
    [
        "connection",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "http2-settings",
    ];
    private static readonly string[] _ofTheClient =
    [
        "forwarded",
        "proxy",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-host",
        "x-real-ip",
        "x-forwarded-port",
        "x-forwarded-ssl",
        "x-forwarded-scheme",
        "x-forwarded-prefix",
        "x-forwarded-server",
        "front-end-https",
    ];
    private static readonly string[] _framing = ["content-length", "transfer-encoding", "connection", "expect"];
    private static readonly string[] _ownOfReply = ["content-length", "transfer-encoding", "connection", "keep-alive", "date", "server"];

    /// <summary>The header lines that must be at the upstream, by name in lower case.</summary>
    public static Dictionary<string, List<string>> UpstreamHeaders(Request request)
    {
        var expected = new Dictionary<string, List<string>>();
        string host = request.Host ?? "";
        string from = request.From ?? "127.0.0.1";
        expected["host"] = [host];
        expected["x-forwarded-for"] = [from];
        expected["x-forwarded-proto"] = [request.Tls is null ? "http" : "https"];
        expected["x-forwarded-host"] = [host];
        expected["x-real-ip"] = [from];
        string[] named =
        [
            .. request.Fields.Where(f => f.Is("Connection")).SelectMany(f => f.Value.Split(',')).Select(n => n.Trim().ToLowerInvariant()),
        ];
        foreach (Field field in request.Fields)
        {
            string name = field.Name.ToLowerInvariant();
            if (
                !named.Contains(name)
                && !_hopByHop.Contains(name)
                && !_ofTheClient.Contains(name.Replace('_', '-'))
                && !_framing.Contains(name)
                && name != "host"
            )
            {
                (expected.TryGetValue(name, out List<string>? values) ? values : expected[name] = []).Add(field.Value);
            }
        }

        if (request.WebSocket is not null)
        {
            expected["upgrade"] = ["websocket"];
        }

        return expected;
    }

    /// <summary>The response that a backend gives, read by the same rules as the client's; null where it is none.</summary>
    public static async Task<RawResponse?> GivenAsync(Response response, string method)
    {
        byte[] bytes = [.. response.Head, .. method == "HEAD" && response.BodilessToHead ? [] : response.Pieces.SelectMany(p => p.Wire)];
        try
        {
            return await RawResponse.ReadAsync(new MessageReader(new MemoryStream(bytes)), method, null, CancellationToken.None);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// The header lines by name in lower case, without those that only frame the message at the upstream, and what the proxy can say of
    /// itself in TE.
    /// </summary>
    public static Dictionary<string, List<string>> ByName(RecordedRequest request) =>
        Group(request.Fields.Where(f => !_framing.Contains(f.Name.ToLowerInvariant()) && !(f.Is("TE") && f.Value == "trailers")));

    /// <summary>The header lines that the client must get, by name in lower case.</summary>
    public static Dictionary<string, List<string>> ReplyHeaders(RawResponse given) =>
        Group(given.Fields.Where(f => !_hopByHop.Contains(f.Name.ToLowerInvariant()) && !f.Is("Content-Length")));

    /// <summary>
    /// The header lines that the client got, without those that only frame the message, and those that every server adds itself.
    /// </summary>
    public static Dictionary<string, List<string>> ByName(RawResponse response, RawResponse? given) =>
        Group(
            response.Fields.Where(f =>
                !_ownOfReply.Contains(f.Name.ToLowerInvariant())
                || (given?.Fields.Any(g => g.Is(f.Name)) == true && (f.Is("Server") || f.Is("Date")))
            )
        );

    private static Dictionary<string, List<string>> Group(IEnumerable<Field> fields) =>
        fields.GroupBy(f => f.Name.ToLowerInvariant()).ToDictionary(g => g.Key, g => g.Select(f => f.Value).ToList());
}
