using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Wire;
using Confgen.Model;
using Confgen.Model.Rules;

namespace Confgen.Conformance.Tests.Running;

/// <summary>
/// Sets what the model says of a case's requests against what the case expects: <c>explain</c>, <c>test</c> and <c>serve</c> tell and do
/// the same as the programs. What only the network decides, as a broken upstream, is no matter of the model.
/// </summary>
internal static class ModelCheck
{
    // Refusals that the spec and the head of a request alone don't decide.
    private static readonly int[] _ofTheNetwork = [401, 413, 414, 421, 429, 431, 500, 502, 503, 504];

    public static void Run(ConformanceCase told, Spec spec, Stage stage, CaseOutcome outcome)
    {
        var evaluator = new Evaluator(spec);
        foreach (Step step in told.Steps.SelectMany(s => s.Meanwhile.Prepend(s)))
        {
            Request request = step.Request;
            if (
                request.Raw is null
                && request.Socket is null
                && IsWellFormed(request.Host)
                && !step.Expect.Refused
                && !step.Expect.NoResponse
                && !step.Expect.Open
            )
            {
                string[] wrong = [.. Check(step.Numbered(1), evaluator, stage)];
                if (wrong.Length > 0)
                {
                    outcome.Failed(step.Title, wrong);
                }
            }
        }
    }

    // A malformed Host is refused before the model is asked.
    private static bool IsWellFormed(string? host) =>
        host is not null
        && Regex.IsMatch(host, @"^([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?$")
        && !host.EndsWith("99999", StringComparison.Ordinal);

    private static IEnumerable<string> Check(Step step, Evaluator evaluator, Stage stage)
    {
        Expectation expect = step.Expect;
        Evaluation said = evaluator.Evaluate(Of(step.Request));
        bool ofTheNetwork = expect.Status?.All(s => _ofTheNetwork.Contains(s)) == true;
        string[] upstreams = expect.At is null ? [] : [.. expect.At.Select(n => n.TrimEnd('+')).Where(n => !expect.Asked.ContainsKey(n))];
        if (said.Ambiguity is { } ambiguity)
        {
            if (upstreams.Length > 0 || (expect.Status?.Contains(400) != true && expect.Status?.Contains(403) != true))
            {
                yield return $"the model answers 400 ({ambiguity})";
            }

            yield break;
        }

        if (said.Status is { } status)
        {
            if (upstreams.Length > 0 || (expect.Status?.Contains(status) != true && !ofTheNetwork))
            {
                yield return $"the model answers {status} ({said.Reason})";
            }

            yield break;
        }

        if (said.Closes)
        {
            yield return $"the model gives no response ({said.Reason})";
            yield break;
        }

        if (said.Upstream is not { } upstream)
        {
            if (upstreams.Length > 0)
            {
                yield return $"the model sends it to no upstream ({said.Reason})";
            }

            yield break;
        }

        // Which servers there are, DNS decides.
        if (upstream.Discover is not null)
        {
            yield break;
        }

        string[] servers = [.. upstream.Servers.Select(s => s.Address.ToString())];
        bool reachable = !servers.Any(s =>
            stage.Backends.Values.Any(b =>
                b.Kind is BackendKind.Refusing or BackendKind.Full && s.EndsWith(b.Address, StringComparison.Ordinal)
            )
        );
        if (
            upstreams.Length > 0
            && reachable
            && !servers.Any(s => s.EndsWith(stage.Backends[upstreams[0]].Address, StringComparison.Ordinal))
        )
        {
            yield return $"the model sends it to {string.Join(", ", servers.Select(stage.Neutral))}";
        }

        if (upstreams.Length == 0 && expect.At is { Count: 0 } && !ofTheNetwork && !said.MayBeFile)
        {
            yield return $"the model sends it to '{upstream.Name}'";
        }

        if (upstreams.Length == 0 || !reachable)
        {
            yield break;
        }

        string target = expect.Target ?? step.Request.Target;
        if (said.Target is null || Bytes.ToText(Encoding.UTF8.GetBytes(said.Target)) != target)
        {
            yield return $"the model's target is {said.Target}, not {target}";
        }

        if (expect.Asked.Count > 0 || step.Jar is not null)
        {
            yield break;
        }

        Dictionary<string, List<string>> wanted = Contract.UpstreamHeaders(step.Request);
        foreach (HeaderCheck header in expect.Upstream)
        {
            wanted[header.Name.ToLowerInvariant()] = [.. header.Lines ?? []];
        }

        foreach (
            string name in wanted
                .Keys.Union(said.UpstreamHeaders.Select(h => h.Key.ToLowerInvariant()))
                .Where(n => n is not "connection" and not "content-length" and not "expect" and not "trailer")
        )
        {
            string[] got =
            [
                .. said
                    .UpstreamHeaders.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                    .Select(h => Bytes.ToText(Encoding.UTF8.GetBytes(h.Value))),
            ];
            bool open = expect.Upstream.Any(h => h.Lines is null && h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (!open && !got.SequenceEqual(wanted.GetValueOrDefault(name) ?? []))
            {
                yield return $"the model's {name} is {string.Join(" | ", got)}, not "
                    + $"{string.Join(" | ", wanted.GetValueOrDefault(name) ?? [])}";
            }
        }
    }

    private static EvaluatedRequest Of(Request request) =>
        new(
            request.Method,
            request.Tls is not null,
            request.Port,
            request.Host ?? "",
            Text(request.Target),
            [.. request.Fields.Select(f => new KeyValuePair<string, string>(f.Name, Text(f.Value)))],
            IPAddress.Parse(request.From ?? "127.0.0.1")
        );

    private static string Text(string bytes) => Encoding.UTF8.GetString(Bytes.Of(bytes));
}
