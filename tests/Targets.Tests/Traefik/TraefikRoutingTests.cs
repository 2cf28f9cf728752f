using System.Net;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Traefik;

namespace Confgen.Targets.Tests.Traefik;

/// <summary>
/// Random specs and requests get the same from the model and from a reading of what is rendered: the router, its priority, what refuses,
/// strips and redirects. CONFGEN_FUZZ is the number of specs, CONFGEN_FUZZ_SEED which.
/// </summary>
public sealed class TraefikRoutingTests(ITestOutputHelper output)
{
    private const int Requests = 60;

    private static int Specs => int.TryParse(Environment.GetEnvironmentVariable("CONFGEN_FUZZ"), out int specs) ? specs : 80;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CONFGEN_FUZZ_SEED"), out int seed) ? seed : 34;

    [Theory]
    [InlineData("3.4.1")]
    [InlineData("3.7")]
    public void The_rules_decide_as_the_model_does(string version)
    {
        var random = new Random(Seed);
        var found = new List<string>();
        int compared = 0;
        int forwarded = 0;
        for (int i = 0; i < Specs; i++)
        {
            var sites = new RandomSites(random);
            string text = sites.Spec(version);
            Compilation compilation = CompiledText.Of(text);
            RenderResult result = compilation.Render(TargetCatalogue.All.Single(t => t.Name == "traefik"), Layout.Complete);
            if (compilation.Spec is not { } spec || result.Files.Count == 0)
            {
                continue;
            }

            var reading = new TraefikReading(
                result.Files.Single(f => f.Path == TraefikTarget.DynamicFile).Text,
                new Dictionary<string, (int, bool)> { ["web"] = (80, false), ["port-8080"] = (8080, false) },
                keepsReserved: true
            );
            var evaluator = new Evaluator(spec);
            for (int j = 0; j < Requests; j++)
            {
                EvaluatedRequest request = RequestOf(sites, random, spec);
                Evaluation expected = evaluator.Evaluate(request);
                TraefikOutcome actual = reading.Of(request);
                compared++;
                forwarded += actual.Target is null ? 0 : 1;
                if (Difference(expected, actual, request) is { } difference)
                {
                    found.Add(
                        $"{request.Method} {request.Host} {request.Target} {string.Join(' ', request.Headers)}: {difference}\n{text}"
                    );
                }
            }
        }

        output.WriteLine($"{compared} requests, {forwarded} forwarded");
        Assert.True(found.Count == 0, $"{found.Count} of {compared}:\n{string.Join('\n', found.Take(5))}");
        Assert.True(forwarded > compared / 10, $"{forwarded} of {compared} forwarded");
    }

    private static EvaluatedRequest RequestOf(RandomSites sites, Random random, Spec spec)
    {
        (string method, string host, string target, (string Name, string Value)[] headers) = sites.Request();
        return new EvaluatedRequest(
            method,
            Https: false,
            random.GetItems(Listeners.Of(spec).ToArray(), 1)[0].Address.Port,
            host,
            target,
            headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value)).ToValueList(),
            IPAddress.Parse(random.Next(2) == 0 ? "198.51.100.7" : "203.0.113.7")
        );
    }

    private static string? Difference(Evaluation expected, TraefikOutcome actual, EvaluatedRequest request)
    {
        // What is refused wherever it leads: that is declared.
        if (actual.Router.Contains("-refused", StringComparison.Ordinal) && expected.Site is { } site)
        {
            return MayBeRefused(site, request) ? null : "refused";
        }

        // Of two reasons to refuse a request each will do.
        if (expected.Stage == EvaluationStage.Refused)
        {
            return actual.Status is 400 or 405 ? null : $"{expected.Reason}; this is {actual}";
        }

        // Bytes that only browsers send reach guarded routes as escapes.
        if (expected.Stage == EvaluationStage.OddBytes)
        {
            return null;
        }

        // Where all routes have the same guards no other reading leads around one.
        if (expected is { Ambiguity: { } ambiguity, Site: { } guarded })
        {
            return actual.Status == 400 || !LenientPathRegex.Matters(guarded) ? null : $"400 expected, {ambiguity}; this is {actual}";
        }

        if (expected.Target is { } target)
        {
            string server = expected.Upstream?.Servers[0].Address.ToString() ?? "";
            string wanted = Sent(expected.Route, request, target);
            return actual.Target == wanted && actual.Server == server ? null : $"{server} {wanted} expected; this is {actual}";
        }

        if (expected.Route?.Action is RedirectAction && expected.Stage == EvaluationStage.Action)
        {
            string location = $"https://{request.Host.Split(':')[0]}/to{Sent(null, request, request.Target)}";
            int status = request.Method == "GET" ? 302 : 307;
            return (actual.Status, actual.Location) == (status, location) ? null : $"{status} {location} expected; this is {actual}";
        }

        return actual.Status == expected.Status ? null : $"{expected.Status} expected, {expected.Reason}; this is {actual}";
    }

    // Traefik spells the path in its own way before it is rewritten, and after.
    private static string Sent(Route? route, EvaluatedRequest request, string target)
    {
        string[] parts = request.Target.Split('?', 2);
        GoPath? path = GoPath.Parse(RawTarget.FromText(parts[0]))?.Normalized();
        string query = parts.Length > 1 ? "?" + parts[1] : "";
        if (path is null || route is null)
        {
            return path is null ? target : path.Escaped + query;
        }

        return GoPath.Replaced(new TargetRewriter(route.Path, route.Rewrite).Rewrite(path.Current)).Escaped + query;
    }

    private static bool MayBeRefused(Site site, EvaluatedRequest request)
    {
        string path = GoPath.Parse(RawTarget.FromText(request.Target.Split('?')[0]))?.Decoded ?? "";
        bool unclean =
            path.Contains("//", StringComparison.Ordinal)
            || path.Contains("/./", StringComparison.Ordinal)
            || path.EndsWith("/.", StringComparison.Ordinal);
        bool lenient =
            path.AsSpan().ContainsAny(";?#\\%")
            || path.Any(static c => c is < ' ' or > '~')
            || path.Split('/').Any(static segment => segment.EndsWith('.') || segment.EndsWith(' '));
        return (unclean && site.Routes.Any(static route => route.Path.Kind == PathMatcherKind.Regex))
            || (lenient && site.Routes.Any(static route => route.IsGuarded));
    }
}
