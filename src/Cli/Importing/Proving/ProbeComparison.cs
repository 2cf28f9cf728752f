using System.Globalization;

namespace Confgen.Cli.Importing.Proving;

/// <summary>
/// Sets what a request gets from the spec against what it gets from the original. What the documentation says of every spec is no
/// difference: fields of the connection, bodies of errors, and the fields that tell upstreams who the client is where the original sends
/// none.
/// </summary>
internal static class ProbeComparison
{
    private static readonly string[] _ofConnections =
    [
        "Date",
        "Server",
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Content-Length",
        "Alt-Svc",
        "Via",
        "Accept-Ranges",
        "Status",
        "ETag",
        "Last-Modified",
        "Accept-Encoding",
        "Content-Encoding",
        Probe.Ask,
    ];

    private static readonly string[] _identity = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP"];

    // What every spec sends, and what scripts are told anyway.
    private static readonly string[] _optional =
    [
        .. _identity,
        "DOCUMENT_ROOT",
        "SERVER_NAME",
        "REMOTE_USER",
        "HTTPS",
        "QUERY_STRING",
        "PATH_INFO",
    ];

    public static IEnumerable<ProbeDifference> Of(string program, Probe probe, ProbeResult original, ProbeResult imported)
    {
        if (IsMethodOfFiles(original, imported))
        {
            yield break;
        }

        if (original.Status != imported.Status && !IsEmptyOfCaddy(original, imported))
        {
            yield return new ProbeDifference(program, probe, "status", Text(original.Status), Text(imported.Status));
            if (original.Seen is null || imported.Seen is null)
            {
                yield break;
            }
        }

        if (original.Seen?.Server != imported.Seen?.Server)
        {
            yield return new ProbeDifference(program, probe, "upstream", original.Seen?.Server, imported.Seen?.Server);
            yield break;
        }

        if (Line(original) != Line(imported))
        {
            yield return new ProbeDifference(program, probe, "target", Line(original), Line(imported));
            yield break;
        }

        if (original.Status == imported.Status)
        {
            bool isOwn = original.Seen is null && original.Status is >= 300;
            foreach (ProbeDifference one in Fields(program, probe, "response", Visible(original, isOwn), Visible(imported, isOwn), []))
            {
                yield return one;
            }
        }

        if (original.Seen is not null && imported.Seen is not null)
        {
            if (
                original.Seen.Length != imported.Seen.Length
                && original.Seen.Head["Content-Length"] is not null
                && imported.Seen.Head["Content-Length"] is not null
            )
            {
                yield return new ProbeDifference(program, probe, "request: body", Text(original.Seen.Length), Text(imported.Seen.Length));
            }

            // What the client itself says of its identity passes some originals, and no spec but from trusted peers.
            KeyValuePair<string, string>[] sent =
            [
                .. original.SeenFields.Where(f =>
                    !(_identity.Contains(f.Key, StringComparer.OrdinalIgnoreCase) && probe.Headers.Contains(f))
                ),
            ];
            foreach (ProbeDifference one in Fields(program, probe, "request", sent, imported.SeenFields, _optional))
            {
                yield return one;
            }
        }
    }

    // Files know GET and HEAD; a spec says so of those that aren't there, too, and has folders' scripts get every method.
    private static bool IsMethodOfFiles(ProbeResult original, ProbeResult imported) =>
        original.Seen is null
        && (
            (original.Status is 404 && imported is { Status: 405, Seen: null })
            || (original.Status is 405 && imported.Seen?.Head["SCRIPT_FILENAME"] is not null)
        );

    // What no directive of a Caddyfile responds to.
    private static bool IsEmptyOfCaddy(ProbeResult original, ProbeResult imported) =>
        original is { Status: 200, Seen: null }
        && imported is { Status: 404, Seen: null }
        && original.Fields.Any(f => f is { Key: "Server", Value: "Caddy" })
        && original.Fields.Any(f => f is { Key: "Content-Length", Value: "0" })
        && !original.Fields.Any(f => f.Key == "Content-Type");

    private static IReadOnlyList<KeyValuePair<string, string>> Visible(ProbeResult result, bool isOwn) =>
        isOwn ? [.. result.Fields.Where(f => !f.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))] : result.Fields;

    private static IEnumerable<ProbeDifference> Fields(
        string program,
        Probe probe,
        string where,
        IReadOnlyList<KeyValuePair<string, string>> original,
        IReadOnlyList<KeyValuePair<string, string>> imported,
        string[] optional
    )
    {
        string[] names =
        [
            .. original
                .Concat(imported)
                .Select(f => f.Key)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(n => !_ofConnections.Contains(n, StringComparer.OrdinalIgnoreCase)),
        ];
        foreach (string name in names)
        {
            string? from = Value(original, name);
            string? to = Value(imported, name);
            bool isOptional = optional.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (isOptional && from is not null && to is not null && name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase))
            {
                // What strangers say is left out of the list.
                (from, to) = (from.Split(',')[^1].Trim(), to.Split(',')[^1].Trim());
            }

            if (name.Equals("Location", StringComparison.OrdinalIgnoreCase))
            {
                (from, to) = (Resolved(probe, from), Resolved(probe, to));
            }

            if (from != to && !(isOptional && from is null))
            {
                yield return new ProbeDifference(program, probe, $"{where}: {Canonical(name)}", from, to);
            }
        }
    }

    // A client resolves a Location against what it asked for (RFC 9110 section 10.2.2): the redirect that nginx writes for a missing slash
    // is an absolute URL, that of a spec a path.
    private static string? Resolved(Probe probe, string? location) =>
        location is "/" or ['/', not '/', ..] ? new Uri(probe.Url).GetLeftPart(UriPartial.Authority) + location : location;

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> fields, string name)
    {
        string[] values = [.. fields.Where(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value)];
        if (name.Equals("Vary", StringComparison.OrdinalIgnoreCase))
        {
            values =
            [
                .. values
                    .SelectMany(v => v.Split(','))
                    .Select(v => v.Trim())
                    .Where(v => !v.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase)),
            ];
        }

        return values.Length == 0 ? null : string.Join(", ", values);
    }

    // Programs write names in their own way.
    private static string Canonical(string name) =>
        string.Join('-', name.Split('-').Select(p => p.Length == 0 ? p : char.ToUpperInvariant(p[0]) + p[1..].ToLowerInvariant()));

    // The request line without its version.
    private static string? Line(ProbeResult result)
    {
        string? line = result.Seen?.Head.StartLine;
        return line is null ? null : line[..Math.Max(line.LastIndexOf(' '), 0)];
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
