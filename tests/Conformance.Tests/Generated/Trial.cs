using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>Tries made-up cases on the programs.</summary>
internal sealed class Trial(Certificates certificates)
{
    /// <summary>What went wrong; empty where the programs and the model agree, null where the spec can't be tried.</summary>
    public async Task<string?> ReportAsync(GeneratedCase made)
    {
        if (Prediction.Of(made, out string problem) is not { } text)
        {
            return problem.Contains("CFG", StringComparison.Ordinal) ? "the generator makes a wrong spec: " + problem : null;
        }

        string root = Directory.CreateTempSubdirectory("confgen-generated-").FullName;
        try
        {
            string folder = Directory.CreateDirectory(Path.Combine(root, "generated")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "spec.yaml"), made.Spec);
            await File.WriteAllTextAsync(Path.Combine(folder, "case.yaml"), text);
            var runner = new CaseRunner(root, certificates);
            IProxy[] present = [.. CaseSchedule.Proxies.Where(p => p.Missing is null)];
            CaseOutcome[] outcomes = await Task.WhenAll(present.Select(p => runner.RunAsync(folder, p, CancellationToken.None)));
            return CaseReport.Of("generated", outcomes);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>The smallest case that still goes wrong, and how.</summary>
    public async Task<(GeneratedCase Case, string Report)> ShrinkAsync(GeneratedCase made, string report)
    {
        // 1. Of the requests one that goes wrong is enough: halve them.
        // 2. Then sites, routes and their extras are taken away while it still goes wrong.
        for (int left = 80; left > 0;)
        {
            bool smaller = false;
            foreach (GeneratedCase candidate in Smaller(made))
            {
                if (--left == 0)
                {
                    break;
                }

                if (await ReportAsync(candidate) is { Length: > 0 } still && !still.StartsWith("the generator", StringComparison.Ordinal))
                {
                    (made, report, smaller) = (candidate, still, true);
                    break;
                }
            }

            if (!smaller)
            {
                break;
            }
        }

        return (made, report);
    }

    private static IEnumerable<GeneratedCase> Smaller(GeneratedCase made)
    {
        int half = made.Requests.Count / 2;
        if (half > 0)
        {
            yield return made with { Requests = [.. made.Requests.Take(half)] };
            yield return made with { Requests = [.. made.Requests.Skip(half)] };
        }

        for (int s = 0; s < made.Sites.Count; s++)
        {
            GeneratedSite site = made.Sites[s];
            if (made.Sites.Count > 1)
            {
                yield return made with { Sites = Without(made.Sites, s) };
            }

            for (int r = 0; r < site.Routes.Count && site.Routes.Count > 1; r++)
            {
                yield return With(made, s, site with { Routes = Without(site.Routes, r) });
            }

            for (int e = 0; e < site.Extras.Count; e++)
            {
                yield return With(made, s, site with { Extras = Without(site.Extras, e) });
            }

            for (int r = 0; r < site.Routes.Count; r++)
            {
                for (int e = 0; e < site.Routes[r].Extras.Count; e++)
                {
                    GeneratedRoute route = site.Routes[r] with { Extras = Without(site.Routes[r].Extras, e) };
                    yield return With(made, s, site with { Routes = [.. site.Routes.Select((old, i) => i == r ? route : old)] });
                }
            }
        }

        if (made.Trusted.Count > 0)
        {
            yield return made with { Trusted = [] };
        }

        if (made.Requests is [var only])
        {
            for (int h = 0; h < only.Headers.Count; h++)
            {
                yield return made with { Requests = [only with { Headers = Without(only.Headers, h) }] };
            }

            if (only.Body is not null)
            {
                yield return made with { Requests = [only with { Body = null }] };
            }

            if (only.Method != "GET")
            {
                yield return made with { Requests = [only with { Method = "GET" }] };
            }

            for (int at = only.Target.Length - 1; at > 0; at--)
            {
                yield return made with { Requests = [only with { Target = only.Target.Remove(at, 1) }] };
            }
        }
    }

    private static GeneratedCase With(GeneratedCase made, int at, GeneratedSite site) => made with { Sites = [.. made.Sites.Select((old, i) => i == at ? site : old)] };

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> items, int at) => [.. items.Where((_, i) => i != at)];
}
