using Confgen.Conformance.Tests.Grid.Clients;
using Confgen.Conformance.Tests.Grid.Origins;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>Compares what both ends of a case saw with what the contract says.</summary>
internal sealed class GridJudge(GridRun run, ClientView seen)
{
    // What a proxy may add to a request that it forwards.
    private static readonly string[] _added =
    [
        "host",
        "connection",
        "content-length",
        "transfer-encoding",
        "trailer",
        "te",
        "expect",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-host",
        "x-real-ip",
    ];

    private readonly List<Failure> _failures = [];
    private readonly GridCase _case = run.Case;

    public IReadOnlyList<Failure> Judge()
    {
        Arrival[] arrivals = [.. run.Arrivals];
        if (arrivals.Length > 1 || (arrivals.Length > 0 && !_case.IsForwarded))
        {
            Fail(
                "arrivals",
                $"{arrivals.Length} requests reached the origin: "
                    + $"{string.Join("; ", arrivals.Select(a => $"{a.Method} {a.Target} {a.Fault ?? a.Body.ToString()}"))}"
            );
        }

        if (arrivals.Length == 0 && _case.IsForwarded && !_case.LeavesUploading)
        {
            Fail("arrivals", "no request reached the origin");
        }

        foreach (Arrival arrival in arrivals.Take(1))
        {
            JudgeRequest(arrival);
        }

        if (_case.ClientLeaves)
        {
            JudgeLeaving(arrivals);
        }
        else
        {
            JudgeResponse();
        }

        return _failures;
    }

    private void JudgeRequest(Arrival arrival)
    {
        bool exact =
            arrival.Method == _case.Request.Method && arrival.Target == run.Target && arrival.Values("host").SequenceEqual([run.Host]);
        Check(exact, "request-line", $"{arrival.Method} {arrival.Target}, Host {string.Join(" | ", arrival.Values("host"))}");
        if (_case.LeavesUploading)
        {
            Check(
                arrival.Fault is not null,
                "upload-looks-complete",
                $"the client left after half of its body, and the origin got a whole request with {arrival.Body}"
            );
            return;
        }

        Check(arrival.Fault is null && arrival.Body.IsWhole, "request-body", $"{arrival.Fault ?? "no fault"}, {arrival.Body}");
        bool needsLength = _case.Request.Method is "POST" or "PUT" && _case.Upstream != GridUpstream.H2c;
        Check(
            arrival.Framing != Framing.None || !needsLength,
            "request-length",
            $"{arrival.Method} without Content-Length or Transfer-Encoding"
        );
        List<Field> sent = [new("user-agent", "grid"), new("accept", "*/*"), .. ExtraFields.OfRequest(_case.Extra)];
        Field[] lost = Without(sent, arrival.Fields);
        Check(lost.Length == 0, "request-fields", $"did not arrive: {Show(lost)}");
        string[] known = [.. _added, .. sent.Select(f => f.Name), "accept-encoding", "authorization", "remote-user"];
        Field[] invented = [.. arrival.Fields.Where(f => !known.Contains(f.Name.ToLowerInvariant()))];
        Check(invented.Length == 0, "request-invented", $"nobody sent: {Show(invented)}");
        Check(
            arrival.Values("x-real-ip").All(v => v == "127.0.0.1"),
            "request-identity",
            $"X-Real-IP {string.Join(" | ", arrival.Values("x-real-ip"))}"
        );
        if (
            ExtraFields.Trailers(_case.Extra) is [var first, ..]
            && _case.Request.Framing == Framing.Chunked
            && _case.Upstream is not GridUpstream.Http10
        )
        {
            Check(arrival.Trailers.Any(t => Same(t, first)), "request-trailers", $"trailers that arrived: {Show(arrival.Trailers)}");
        }
    }

    private void JudgeLeaving(Arrival[] arrivals)
    {
        Check(
            arrivals.Length == 0 || run.OriginEnded.Task.IsCompleted,
            "left-open",
            $"the client left, and {GridBatch.LeaveBound.TotalSeconds} s later the origin's exchange goes on"
        );
        Check(
            _case.Reader != GridReader.Stops || run.Sent < _case.Size,
            "spooled",
            $"the client stopped reading, and the program took all {run.Sent} bytes"
        );
        Check(seen.Next is null || IsPong(seen.Next), "next", $"behind a reset stream: {Bytes.Show(seen.Next ?? "")}");
    }

    private void JudgeResponse()
    {
        if (_case.OriginCuts)
        {
            Check(
                seen.Fault is not null || seen.Status == 502,
                "cut-looks-complete",
                $"status {seen.Status}, {seen.Body}, by {seen.Framing}"
            );
            Check(seen.Next is null || IsPong(seen.Next), "next", $"the next request got {Bytes.Show(seen.Next ?? "")}");
            return;
        }

        if (seen.Fault is not null)
        {
            Fail("response-incomplete", $"status {seen.Status}, {seen.Fault}, {seen.Body}");
            return;
        }

        int wanted = _case.Route switch
        {
            GridRoute.Refused => 401,
            GridRoute.Unauthorized => 403,
            GridRoute.Intercepted => 503,
            GridRoute.ErrorPage => 502,
            _ => 200,
        };
        Check(seen.Status == wanted, "status", $"{seen.Status}, not {wanted}");
        if (seen.Status != wanted)
        {
            return;
        }

        JudgeBody();
        JudgeFields();
        Check(seen.UploadFault is null || !_case.IsForwarded, "upload", $"the upload broke off: {seen.UploadFault}");
        Check(seen.Closing is null or "closed", "closing", $"behind the response: {seen.Closing}");
        bool mayClose = !_case.IsForwarded || !_case.IsKept || seen.Closing is not null;
        Check(
            seen.Next is null || IsPong(seen.Next) || (mayClose && seen.Next == "closed"),
            "next",
            $"the next request got {Bytes.Show(seen.Next ?? "")}"
        );
    }

    private void JudgeBody()
    {
        bool head = _case.Request.Method == "HEAD";
        if (_case.IsRelayed || _case.Route == GridRoute.Files)
        {
            Check(head || seen.Body.IsWhole, "response-body", $"{seen.Body}");
            string[] lengths = [.. seen.Values("content-length")];
            bool coded = seen.Values("content-encoding").Any();
            bool known = _case.Framing == Framing.Length || _case.Route == GridRoute.Files;
            Check(
                lengths.All(l => coded || (known && l == $"{_case.Size}") || (!known && !head && l == $"{_case.Size}")),
                "response-length",
                $"Content-Length {string.Join(" | ", lengths)} of {_case.Size}"
            );
        }
        else
        {
            string own = _case.Route switch
            {
                GridRoute.Unauthorized => OriginScript.Denial,
                GridRoute.Refused => "",
                _ => GridSpec.ErrorPage,
            };
            Check(
                Bytes.ToText(seen.Own) == (head ? "" : own),
                "response-body",
                $"'{Bytes.Show(Bytes.ToText(seen.Own))}' instead of '{Bytes.Show(own)}'"
            );
        }

        Check(!_case.IsHttp10 || !seen.Values("transfer-encoding").Any(), "response-framing", "Transfer-Encoding to a client of HTTP/1.0");
        Check(
            seen.Values("content-length").Count() + seen.Values("transfer-encoding").Count() <= 1,
            "response-framing",
            $"two ways to tell the end: {Show(seen.Fields)}"
        );
    }

    private void JudgeFields()
    {
        Check(seen.Values("date").Count() == 1, "date", $"{seen.Values("date").Count()} Date fields");
        Check(seen.Values("x-mark").Count() == 1, "site-headers", "the site's own header is missing");
        if (_case.IsRelayed)
        {
            Field[] lost = Without(ExtraFields.OfResponse(_case.Extra), seen.Fields);
            Check(lost.Length == 0, "response-fields", $"did not come back: {Show(lost)}");
            Check(!seen.Values("x-checksum").Any() && !seen.Values("x-real-ip").Any(), "trailers-as-fields", Show(seen.Fields));
            bool carries =
                _case.Framing != Framing.Close
                && _case.Upstream != GridUpstream.Http10
                && _case.Request.Method != "HEAD"
                && !_case.IsHttp10
                && (_case.Framing == Framing.Chunked || _case.Upstream == GridUpstream.H2c)
                && (seen.Framing == Framing.Chunked || _case.Client == GridClient.Http2);
            if (carries && ExtraFields.Trailers(_case.Extra) is [var first, ..])
            {
                Check(seen.Trailers.Any(t => Same(t, first)), "response-trailers", $"trailers that came back: {Show(seen.Trailers)}");
            }

            bool interim = _case.Extra == GridExtra.Interim && !_case.IsHttp10;
            Check(!interim || seen.Interim.Contains(103), "interim", $"interim responses: {string.Join(", ", seen.Interim)}");
        }

        Check(
            !_case.IsHttp10 || seen.Interim.Count == 0,
            "interim-to-1.0",
            $"interim responses to HTTP/1.0: {string.Join(", ", seen.Interim)}"
        );
    }

    private static bool IsPong(string next) => next == "200 " + OriginScript.Pong;

    private static bool Same(Field one, Field other) => one.Is(other.Name) && one.Value == other.Value;

    // The names whose values aren't all there in their order; lines may have been joined to one (RFC 9110, 5.3).
    private static Field[] Without(IReadOnlyList<Field> sent, IReadOnlyList<Field> got) =>
        [
            .. sent.Select(s => s.Name)
                .Distinct()
                .Select(n => new Field(n, Joined(sent, n)))
                .Where(s => Joined(got, s.Name) != s.Value || (s.Value.Length == 0 && !got.Any(g => g.Is(s.Name)))),
        ];

    // Cookies are lines of their own.
    private static string Joined(IReadOnlyList<Field> fields, string name) =>
        string.Join(", ", fields.Where(f => f.Is(name)).Select(f => f.Value));

    private static string Show(IReadOnlyList<Field> fields) => Bytes.Show(string.Join("; ", fields.Select(f => f.ToString())), 600);

    private void Check(bool holds, string code, string text)
    {
        if (!holds)
        {
            Fail(code, text);
        }
    }

    private void Fail(string code, string text) => _failures.Add(new Failure(_case, code, text));
}
