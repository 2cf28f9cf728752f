using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Hostile;

/// <summary>Says what is wrong with what a program made of a hostile field.</summary>
internal sealed class HostileJudge(GridRun run, HostileField field)
{
    // What concerns a connection, or claims who the client is, and so never arrives from a client.
    private static readonly string[] _never =
    [
        "transfer_encoding",
        "content_length",
        "keep-alive",
        "proxy-connection",
        "http2-settings",
        "proxy",
        "x_real_ip",
        "upgrade",
        "connection",
        "te",
    ];

    /// <summary>Judges.</summary>
    /// <param name="said">What the client got.</param>
    /// <param name="faults">What the origin got that no case sent, or that is no request.</param>
    /// <returns>The fault, or null.</returns>
    public string? Judge(string said, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            return $"SMUGGLED: {string.Join("; ", faults)}";
        }

        Arrival[] arrivals = [.. run.Arrivals];
        if (said == "silence")
        {
            return $"no response, {arrivals.Length} requests at the origin";
        }

        if (field is { Name: HostileField.HonestName, Place: HostilePlace.Head } && (arrivals.Length != 1 || !said.StartsWith('2')))
        {
            return $"{said}: an honest request is refused";
        }

        return arrivals.Length switch
        {
            0 => said.StartsWith('2') ? "200 without a request at the origin"
            : said.StartsWith('5') ? $"{said}: a client's fault is told as a server's"
            : null,
            1 => JudgeOne(arrivals[0], said),
            _ => $"{arrivals.Length} requests at the origin",
        };
    }

    private string? JudgeOne(Arrival arrival, string said)
    {
        if (arrival.Method is not ("GET" or "POST") && field.Name != ":method")
        {
            return $"the method became '{Bytes.Show(arrival.Method)}'";
        }

        Field[] all = [.. arrival.Fields, .. arrival.Trailers];
        // Over HTTP/1.x a line's end in a value makes two honest lines.
        bool isLine = run.Case.Client != GridClient.Http2 && field.Value.Contains('\n', StringComparison.Ordinal);
        if (all.Any(f => f.Is("x-injected")) && !isLine)
        {
            return "INJECTED: a part of a value became a field";
        }

        if (all.Any(f => !f.Name.All(IsToken) || f.Value.Any(c => c is (< ' ' and not '\t') or '\x7f')))
        {
            return $"a field that is none arrived: {Bytes.Show(string.Join("; ", all.Select(f => f.ToString())))}";
        }

        if (arrival.Fields.Count(f => f.Is("host")) != 1 && run.Case.Client != GridClient.Http10)
        {
            return $"{arrival.Fields.Count(f => f.Is("host"))} Host fields";
        }

        string[] claims =
        [
            .. all.Where(f => _never.Contains(f.Name.ToLowerInvariant()) && f.Value == field.Value && f.Is(field.Name))
                .Select(f => f.ToString()),
        ];
        if (claims.Length > 0)
        {
            return $"arrived: {Bytes.Show(string.Join("; ", claims))}";
        }

        if (arrival.Fields.Any(f => f.Is("x-real-ip") && f.Value != "127.0.0.1"))
        {
            return "a client's X-Real-IP arrived";
        }

        if (!arrival.Values("x-checked").Any() && field.Name != "connection")
        {
            return "an honest field is missing";
        }

        // Trailers come when the head has gone on.
        return field.Place == HostilePlace.Trailers || said.StartsWith('2') || said.StartsWith('4') || arrival.Fault is not null
            ? null
            : $"the origin got the request, and the client got '{said}'";
    }

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);
}
