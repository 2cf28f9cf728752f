using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

/// <summary>Sets what was seen of an exchange against what the case and the contract expect.</summary>
internal static class Judge
{
    /// <summary>What is not as expected, each by the name under which programs are compared too.</summary>
    public static async Task<IReadOnlyList<Mismatch>> JudgeAsync(Step step, Expectation expect, Observation seen)
    {
        var found = new List<Mismatch>();
        void Check(string what, string expected, string got)
        {
            if (expected != got)
            {
                found.Add(new Mismatch(what, expected, got));
            }
        }

        if (expect.Open)
        {
            return found;
        }

        if (expect.At is not null)
        {
            Check("at", Names(expect.At.Select(n => n.TrimEnd('+'))), Names(Seen(expect.At, seen.Requests)));
        }

        foreach (RecordedRequest request in seen.Requests)
        {
            if (expect.Asked.TryGetValue(request.Backend, out Asked? asked))
            {
                Asked(asked, request, Check);
            }
            else
            {
                Upstream(step.Request, expect, request, Check);
            }
        }

        if (expect.Refused)
        {
            Check("refused", "true", seen.Response is null or { Status: >= 400 and < 500 } ? "true" : seen.Response.Line);
        }
        else if (expect.Broken)
        {
            Check("broken", "true", seen.Response is null or { Status: 502 } or { Body.Fault: not null } ? "true" : seen.Response.Line);
        }
        else if (expect.NoResponse || step.Request.Leaves != Leaving.Never)
        {
            Check("answer", "none", seen.Response?.Line ?? "none");
        }
        else if (seen.Response is null)
        {
            found.Add(new Mismatch("answer", "one", seen.Trouble ?? "none"));
        }
        else
        {
            await ReplyAsync(step, expect, seen, seen.Response, Check);
        }

        if (expect.UpstreamEnded)
        {
            Check("upstream_ended", "true", seen.UpstreamEnded == true ? "true" : "false");
        }

        if (expect.Certificate is not null)
        {
            Check("certificate", expect.Certificate, string.Join(", ", seen.CertificateNames));
        }

        if (expect.Closes)
        {
            Check("closes", "true", seen.Closed ? "true" : "false");
        }

        if (expect.Logged is { } logged)
        {
            Check("logged", logged.ToString(), seen.LogProblem ?? logged.ToString());
        }

        return found;
    }

    private static void Asked(Asked asked, RecordedRequest request, Action<string, string, string> check)
    {
        check($"{request.Backend} line", $"{asked.Method} {asked.Target} HTTP/1.1", request.Line);
        check($"{request.Backend} body", asked.Body, Bytes.ToText(request.Body.Bytes));
        foreach (HeaderCheck header in asked.Headers)
        {
            Header($"{request.Backend} {header.Name.ToLowerInvariant()}", header, [.. request.Values(header.Name)], check);
        }
    }

    private static void Upstream(Request sent, Expectation expect, RecordedRequest request, Action<string, string, string> check)
    {
        string who = request.Backend;
        check($"{who} request", "well-formed", request.Fault ?? "well-formed");
        check("target", $"{expect.Method ?? sent.Method} {expect.Target ?? sent.Target} HTTP/{expect.Version}", request.Line);
        Headers("upstream", expect.Upstream, Contract.UpstreamHeaders(sent), Contract.ByName(request), check);
        foreach (HeaderCheck header in expect.Upstream)
        {
            Header("upstream " + header.Name.ToLowerInvariant(), header, [.. request.Values(header.Name)], check);
        }

        if (sent.Leaves != Leaving.Never)
        {
            return;
        }

        if (expect.UpstreamBody == "(any)")
        {
            return;
        }

        if (expect.UpstreamBody == "(cut)")
        {
            check(
                "upstream_body",
                "never whole",
                request.Body.Framing != Framing.None && request.Body.Fault is null ? "whole" : "never whole"
            );
            return;
        }

        check("upstream_body", expect.UpstreamBody ?? sent.BodyText, Bytes.ToText(request.Body.Bytes));
        if (expect.UpstreamTrailers is { } trailers)
        {
            check("upstream_trailers", string.Join(" | ", trailers), string.Join(" | ", request.Body.Trailers));
        }
    }

    private static async Task ReplyAsync(
        Step step,
        Expectation expect,
        Observation seen,
        RawResponse response,
        Action<string, string, string> check
    )
    {
        Response? scripted = seen.Requests.Count == 0 ? null : step.ResponseOf(seen.Requests[^1].Backend);
        RawResponse? given = scripted is null ? null : await Contract.GivenAsync(scripted, step.Request.Method);
        if (scripted?.WebSocket == true && given is not null)
        {
            given = given with
            {
                Fields = [.. given.Fields.Where(f => !f.Is("Connection")), .. response.Fields.Where(f => f.Is("Sec-WebSocket-Accept"))],
            };
        }

        bool relayed = given is not null && expect.Relays(given.Status);
        IReadOnlyList<int> statuses = expect.Status ?? [given?.Status ?? 0];
        check(
            "status",
            string.Join(" or ", statuses),
            statuses.Contains(response.Status) ? string.Join(" or ", statuses) : response.Status.ToString()
        );

        Dictionary<string, List<string>> got = Contract.ByName(response, relayed ? given : null);
        if (relayed && given is not null)
        {
            Dictionary<string, List<string>> wanted = Contract.ReplyHeaders(given);
            if (response.Status == 101)
            {
                wanted["upgrade"] = ["websocket"];
            }

            Headers("reply", expect.Reply, wanted, got, check);
        }

        foreach (HeaderCheck header in expect.Reply)
        {
            Header(
                "reply " + header.Name.ToLowerInvariant(),
                header,
                [.. response.Fields.Where(f => f.Is(header.Name)).Select(f => f.Value)],
                check
            );
        }

        bool complete = expect.Complete ?? !(relayed && given?.Body.Fault is not null);
        check(
            "complete",
            complete ? "true" : "false",
            response.Body.Fault is null ? "true"
                : complete ? response.Body.Fault
                : "false"
        );

        // A server that can't read a request answers in its own words, before any configuration is asked.
        // And a redirect's body is for people without a browser.
        string own = response.Status is 400 or 414 or 431 or (> 300 and < 400) ? "(any)" : "";
        string body = expect.ReplyBody ?? (relayed && given is not null ? Bytes.ToText(given.Body.Bytes) : own);
        string came = Bytes.ToText(seen.Body);
        bool right = complete ? body == came : body.StartsWith(came, StringComparison.Ordinal);
        if (expect.ReplyContains is { } part)
        {
            check("reply_contains", "true", came.Contains(part, StringComparison.Ordinal) ? "true" : came);
        }

        if (step.Request.Method != "HEAD" && !right && body != "(any)")
        {
            check("reply_body", body, came);
        }

        if (step.Request.WebSocket is { } messages && response.Status == 101)
        {
            check("echoes", string.Join(" | ", expect.Echoes ?? messages), string.Join(" | ", seen.Echoes));
        }

        if (expect.ReplyTrailers is { } trailers)
        {
            check("reply_trailers", string.Join(" | ", trailers), string.Join(" | ", response.Body.Trailers));
        }

        if (expect.Interim is { } interim)
        {
            // A client may be told to go on by the program and by the upstream: it waits no more after the first time.
            check(
                "interim",
                string.Join(", ", interim),
                string.Join(", ", response.Interim.Select(i => i.Status).Where((status, i) => status != 100 || i == 0))
            );
        }
    }

    private static void Headers(
        string where,
        IReadOnlyList<HeaderCheck> given,
        Dictionary<string, List<string>> expected,
        Dictionary<string, List<string>> got,
        Action<string, string, string> check
    )
    {
        foreach (
            string name in expected.Keys.Union(got.Keys).Where(n => !given.Any(h => h.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))
        )
        {
            Header(
                $"{where} {name}",
                new HeaderCheck(name, expected.GetValueOrDefault(name) ?? []),
                got.GetValueOrDefault(name) ?? [],
                check
            );
        }
    }

    private static void Header(string what, HeaderCheck expected, List<string> got, Action<string, string, string> check)
    {
        if (!expected.Holds(got))
        {
            check(what, expected.ToString(), got.Count == 0 ? "none" : string.Join(" | ", got));
        }
    }

    // A name with a plus stands for one request or several.
    private static IEnumerable<string> Seen(IReadOnlyList<string> expected, IReadOnlyList<RecordedRequest> requests) =>
        requests
            .Where((r, i) => i == 0 || requests[i - 1].Backend != r.Backend || !expected.Contains(r.Backend + "+"))
            .Select(r => r.Backend);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : "none";
}
