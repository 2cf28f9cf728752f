using System.Net;
using System.Text;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Rules;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>Writes down what the model says of made-up requests, as a case for the programs.</summary>
internal static class Prediction
{
    private const int Port = 8080;
    private const int FirstBackend = 10_001;

    /// <summary>The text of <c>case.yaml</c>; null where the spec has an error, or a target can't express it.</summary>
    public static string? Of(GeneratedCase made, out string problem)
    {
        var host = new CompilerHost(TargetCatalogue.All, new ScribanTemplates(EmbeddedTemplates.Find), new DiskFileSystem(), Variable);
        var compiled = Compilation.FromText(host, new SourceText("spec.yaml", made.Spec));
        problem = string.Join(
            "\n",
            compiled
                .Diagnostics.Where(d => d.Severity == Severity.Error)
                .Select(d => $"{d.Span.Line}:{d.Span.Column} {d.Rule.Code} {d.Message}")
        );
        if (compiled.Spec is not { } spec)
        {
            return null;
        }

        foreach (string target in new[] { "nginx", "caddy" })
        {
            if (
                TargetCatalogue.All.SingleOrDefault(t => t.Name == target) is { } found
                && compiled.Render(found, Layout.Complete).Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error) is { } refusal
            )
            {
                problem = $"{target}: {refusal.Message}";
                return null;
            }
        }

        var evaluator = new Evaluator(spec);
        var text = new StringBuilder("about: Made up.\nbackends: { ");
        text.Append(string.Join(", ", made.Named.Select(name => name == GeneratedCase.Refusing ? name + ": refusing" : name + ": tcp")))
            .Append(" }\nrequests:\n");
        foreach (GeneratedRequest request in made.Requests)
        {
            text.Append(Sent(request))
                .Append(made.IsOpen ? "    open: true\n" : Expected(request, evaluator.Evaluate(Evaluated(request)), spec));
        }

        return text.ToString();
    }

    private static string Sent(GeneratedRequest request)
    {
        var text = new StringBuilder();
        text.Append(
            $"  - request: {Yaml.Quote($"{request.Method} {request.Target}")}\n    host: {Yaml.Quote(request.Host)}\n"
                + $"    from: {request.From}\n"
        );
        if (request.Headers.Count > 0)
        {
            text.Append($"    headers: [{string.Join(", ", request.Headers.Select(Yaml.Quote))}]\n");
        }

        if (request.Body is not null)
        {
            text.Append($"    {(request.Chunked ? "chunked" : "body")}: [{Yaml.Quote(request.Body)}]\n");
        }

        if (request.Response is not null)
        {
            text.Append($"    answer: {request.Response}\n");
        }

        return text.ToString();
    }

    private static string Expected(GeneratedRequest request, Evaluation said, Spec spec)
    {
        var text = new StringBuilder();
        IEnumerable<string> rules = said.Site is null ? [] : Names(said, spec);
        if (said.Status is { } status)
        {
            text.Append($"    status: {status}\n");
            if (said.Body is { } body && request.Method != "HEAD" && status is not (204 or 304))
            {
                text.Append($"    reply_body: {Yaml.Quote(body)}\n");
            }
        }
        else if (said.Upstream is { } upstream)
        {
            text.Append(
                $"    at: B{upstream.Servers[0].Address.Port - FirstBackend + 1}\n    target: {Yaml.Quote(Latin(said.Target ?? ""))}\n"
            );
            IEnumerable<string> names = rules
                .Concat(["Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded"])
                .Distinct(StringComparer.OrdinalIgnoreCase);
            text.Append($"    upstream: {{ {string.Join(", ", names.Select(n => Lines(n, said.UpstreamHeaders)))} }}\n");
        }

        string[] set =
            said.Route is { } route && said.Site is { } site ? [.. EffectiveHeaders.Response(site, route).Select(e => e.Name)] : [];
        if (said.ResponseHeaders.Count + set.Length > 0)
        {
            text.Append(
                $"    reply: {{ "
                    + $"{string.Join(", ", said.ResponseHeaders.Select(h => h.Key).Concat(set).Distinct(StringComparer.OrdinalIgnoreCase).Select(n => Lines(n, said.ResponseHeaders)))} }}\n"
            );
        }

        return text.ToString();
    }

    private static IEnumerable<string> Names(Evaluation said, Spec spec) =>
        spec
            .Sites.SelectMany(s => s.Routes.Select(r => r.Headers.Request).Append(s.Headers.Request))
            .SelectMany(e => e.Set.Select(x => x.Name).Concat(e.Add.Select(x => x.Name)).Concat(e.Remove.Select(x => x.Name)))
            .Concat(said.UpstreamHeaders.Select(h => h.Key).Where(n => n.StartsWith("X-", StringComparison.OrdinalIgnoreCase)));

    private static string Lines(string name, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        string[] values =
        [
            .. headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => Yaml.Quote(Neutral(Latin(h.Value)))),
        ];
        return $"{name}: {(values.Length == 0 ? "null" : $"[{string.Join(", ", values)}]")}";
    }

    // The ports of the prediction are not those of the run.
    private static string Neutral(string text)
    {
        for (int i = 0; i < GeneratedCase.Backends.Count; i++)
        {
            text = text.Replace($"127.0.0.1:{FirstBackend + i}", $"127.0.0.1:{Yaml.Variable}{{B{i + 1}}}", StringComparison.Ordinal);
        }

        return text.Replace($"p{Port}", $"p{Yaml.Variable}{{HTTP}}", StringComparison.Ordinal);
    }

    private static EvaluatedRequest Evaluated(GeneratedRequest r) =>
        new(
            r.Method,
            Https: false,
            Port,
            r.Host,
            Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(r.Target)),
            [
                .. r.Headers.Select(h => new KeyValuePair<string, string>(
                    h.Split(':')[0],
                    h[(h.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
                )),
            ],
            IPAddress.Parse(r.From)
        );

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string? Variable(string name) =>
        name switch
        {
            "HTTP" => Port.ToString(),
            GeneratedCase.Refusing => FirstBackend.ToString(),
            ['B', var digit] => (FirstBackend + digit - '1').ToString(),
            _ => null,
        };
}
