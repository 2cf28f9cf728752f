using System.Text;
using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

/// <summary>How a case went on one program.</summary>
internal sealed class CaseOutcome
{
    private readonly List<string> _failures = [];
    private readonly List<SeenStep> _seen = [];

    /// <summary>The program.</summary>
    public required string Program { get; init; }

    /// <summary>Puts names for what differs from run to run.</summary>
    public required Func<string, string> Neutral { get; init; }

    /// <summary>Why nothing was tried, or null.</summary>
    public string? Skipped { get; set; }

    /// <summary>What the program read.</summary>
    public string Config { get; set; } = "";

    /// <summary>What it said.</summary>
    public string Log { get; set; } = "";

    /// <summary>What was not as expected, for a person.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>What was seen, to be set beside what another program did.</summary>
    public IReadOnlyList<SeenStep> Seen => _seen;

    public CaseOutcome Failed(string what, IEnumerable<string> details)
    {
        _failures.Add($"{what}\n" + string.Concat(details.Select(d => $"      {d}\n")));
        return this;
    }

    public void Failed(Step step, Observation seen, IReadOnlyList<Mismatch> found)
    {
        var text = new StringBuilder();
        text.Append(step.Title).Append('\n');
        foreach (Mismatch mismatch in found)
        {
            text.Append("      ").Append(Neutral(mismatch.ToString())).Append('\n');
        }

        text.Append("      sent      ").Append(Bytes.Show(Neutral(step.Request.Head), 2000)).Append('\n');
        foreach (RecordedRequest request in seen.Requests)
        {
            text.Append("      ")
                .Append(request.Backend)
                .Append(" got ")
                .Append(Bytes.Show(Neutral(string.Join("\r\n", [request.Line, .. request.Fields.Select(f => f.ToString())])), 2000))
                .Append('\n');
        }

        text.Append("      client got ")
            .Append(
                seen.Response is { } r
                    ? Bytes.Show(Neutral(string.Join("\r\n", [r.Line, .. r.Fields.Select(f => f.ToString())])), 2000)
                    : seen.Trouble
            )
            .Append('\n');
        _failures.Add(text.ToString());
    }

    public void Add(Step step, Difference? difference, Observation seen, bool failed) =>
        _seen.Add(new SeenStep(step.Title, View(step, seen), OpenAspects(step, difference, seen), failed));

    private Dictionary<string, string> View(Step step, Observation seen)
    {
        RawResponse? response = seen.Response;
        var view = new Dictionary<string, string>
        {
            ["at"] = string.Join(", ", seen.Requests.Select(r => r.Backend)),
            ["status"] = response?.Status.ToString() ?? "no response",
            ["complete"] = response is null ? "" : (response.Body.Fault is null).ToString(),
            ["echoes"] = string.Join(" | ", seen.Echoes),
            ["reply_body"] = Neutral(Bytes.ToText(seen.Body)),
        };
        foreach (RecordedRequest request in seen.Requests.Where(r => !step.Expect.Asked.ContainsKey(r.Backend)))
        {
            view["target"] = request.Line;
            view["upstream_body"] = Bytes.ToText(request.Body.Bytes);
            foreach ((string name, List<string> values) in Contract.ByName(request))
            {
                view["upstream " + name] = Neutral(string.Join(" | ", values));
            }
        }

        foreach ((string name, List<string> values) in response is null ? [] : Contract.ByName(response, null))
        {
            view["reply " + name] = Neutral(string.Join(" | ", values));
        }

        return view;
    }

    private static HashSet<string> OpenAspects(Step step, Difference? difference, Observation seen)
    {
        Expectation expect = step.Expect;
        int status = seen.Response?.Status ?? 0;

        // What differs by declaration, and what a pattern stands for because it is never the same twice.
        var open = new HashSet<string>([.. difference?.Expect.Given ?? new HashSet<string>(), .. Patterns(expect)]);
        if (
            expect.Refused
            || expect.Broken
            || expect.Status?.Count > 1
            || open.Overlaps(["status", "no_answer", "refused", "broken", "own", "echoes"])
        )
        {
            open.Add(SeenStep.WholeReply);
        }

        // What is refused at once is refused before there is a site whose header rules could hold.
        if (seen.Requests.Count == 0 && status == 400)
        {
            open.Add(SeenStep.WholeReply);
        }

        if (expect.Open)
        {
            open.Add(SeenStep.WholeReply);
        }

        if (expect.Open || open.Contains("at"))
        {
            open.UnionWith([SeenStep.WholeRequest, "reply_body"]);
        }

        if (expect.At is null && seen.Requests.Count == 0)
        {
            open.Add(SeenStep.WholeRequest);
        }

        if (step.Jar is not null)
        {
            open.Add("upstream cookie");
        }

        if (expect.At is null || expect.At.Any(n => n.EndsWith('+')) || step.Repeat > 1 || step.Eventually)
        {
            open.Add("at");
        }

        if (
            expect.At is null
            || expect.ReplyBody == "(any)"
            || seen.Response?.Body.Fault is not null
            || status is 400 or 414 or 431 or (> 300 and < 400)
        )
        {
            open.Add("reply_body");
        }

        if (expect.UpstreamBody is "(any)" or "(cut)" || step.Request.Leaves != Leaving.Never)
        {
            open.Add("upstream_body");
        }

        // The type of a body that isn't compared, or of none, says nothing.
        if (open.Contains("reply_body") || seen.Body.Length == 0)
        {
            open.Add("reply content-type");
        }

        // Each program has its own marks for files, and no contract says which.
        if (seen.Requests.Count == 0)
        {
            open.UnionWith(["reply etag", "reply last-modified", "reply accept-ranges", "reply x-content-type-options"]);
        }

        return open;
    }

    private static IEnumerable<string> Patterns(Expectation expect) =>
        [
            .. expect.Upstream.Where(h => h.Pattern is not null).Select(h => "upstream " + h.Name.ToLowerInvariant()),
            .. expect.Reply.Where(h => h.Pattern is not null).Select(h => "reply " + h.Name.ToLowerInvariant()),
        ];
}
