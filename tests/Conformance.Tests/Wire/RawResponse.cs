namespace Confgen.Conformance.Tests.Wire;

/// <summary>A response as it came over the wire.</summary>
/// <param name="Line">The status line.</param>
/// <param name="Status">Its status.</param>
/// <param name="Fields">The header lines in their order.</param>
/// <param name="Body">The body.</param>
/// <param name="Interim">The 1xx responses before it, each a status line and its header lines.</param>
internal sealed record RawResponse(
    string Line,
    int Status,
    IReadOnlyList<Field> Fields,
    MessageBody Body,
    IReadOnlyList<RawResponse> Interim
)
{
    public string? Header(string name) => Fields.Where(f => f.Is(name)).Select(f => f.Value).FirstOrDefault();

    /// <summary>Reads a response.</summary>
    /// <param name="reader">What it comes from.</param>
    /// <param name="method">The request's method, on which the body depends.</param>
    /// <param name="onHead">Told of each head as it comes.</param>
    /// <param name="stop">The ceiling.</param>
    /// <returns>The response; null where the peer closed without one.</returns>
    public static async Task<RawResponse?> ReadAsync(
        MessageReader reader,
        string method,
        Action<RawResponse>? onHead,
        CancellationToken stop
    )
    {
        var interim = new List<RawResponse>();
        while (await reader.HeadAsync(stop) is { } head)
        {
            string[] parts = head[0].Split(' ', 3);
            if (parts.Length < 2 || !parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || !int.TryParse(parts[1], out int status))
            {
                throw new InvalidDataException($"no status line: '{Bytes.Show(head[0])}'");
            }

            var response = new RawResponse(head[0], status, MessageReader.Fields(head.Skip(1)), MessageBody.None, interim);
            onHead?.Invoke(response);
            if (status is >= 100 and < 200 and not 101)
            {
                interim.Add(response with { Interim = [] });
                continue;
            }

            bool bodiless = method == "HEAD" || status is 101 or 204 or 304;
            return bodiless ? response : response with { Body = await reader.BodyAsync(response.Fields, untilClose: true, stop) };
        }

        return null;
    }
}
