using System.Globalization;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>Tries made-up cases on the programs.</summary>
internal sealed class Trial(Certificates certificates)
{
    // A second or two each.
    private const int MostTried = 120;

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
            IProxy[] present = [.. CaseSchedule.Proxies.Where(p => p.Missing is null)];
            string report = await RunAsync(Path.Combine(root, "all"), made, text, present.Where(p => made.IsOpen || !p.MayRefuse));

            // Where the model predicts, HAProxy gets what it reads as the model does.
            GeneratedCase plain = made with
            {
                Requests = [.. made.Requests.Where(PlainTarget.Is)],
            };
            return made.IsOpen || plain.Requests.Count == 0 || Prediction.Of(plain, out _) is not { } fewer
                ? report
                : report + await RunAsync(Path.Combine(root, "plain"), plain, fewer, present.Where(static p => p.Name == "haproxy"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private async Task<string> RunAsync(string root, GeneratedCase made, string text, IEnumerable<IProxy> programs)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "generated")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "spec.yaml"), made.Spec);
        await File.WriteAllTextAsync(Path.Combine(folder, "case.yaml"), text);
        var runner = new CaseRunner(root, certificates);
        CaseOutcome[] outcomes = await Task.WhenAll(programs.Select(p => runner.RunAsync(folder, p, CancellationToken.None)));
        return CaseReport.Of("generated", outcomes);
    }

    /// <summary>The smallest case that still goes wrong, and how.</summary>
    public async Task<(GeneratedCase Case, string Report)> ShrinkAsync(GeneratedCase made, string report)
    {
        // 1. Of the requests one that goes wrong is enough: halve them.
        // 2. Then sites, routes and what they say are taken away while it still goes wrong.
        for (int left = MostTried; left > 0; )
        {
            bool smaller = false;
            foreach (GeneratedCase candidate in Smaller(made).TakeWhile(_ => left > 0))
            {
                if (Prediction.Of(candidate, out _) is null)
                {
                    continue;
                }

                left--;
                if (await ReportAsync(candidate) is { Length: > 0 } still)
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

    /// <summary>Writes a case down as those below <c>cases/</c> are.</summary>
    /// <returns>Its folder.</returns>
    public static async Task<string> KeepAsync(GeneratedCase made, int number)
    {
        string folder = Directory
            .CreateDirectory(Path.Combine(CaseSchedule.Repository, "artifacts", "generated", number.ToString(CultureInfo.InvariantCulture)))
            .FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "spec.yaml"), made.Spec);
        await File.WriteAllTextAsync(Path.Combine(folder, "case.yaml"), Prediction.Of(made, out _));
        return folder;
    }

    private static IEnumerable<GeneratedCase> Smaller(GeneratedCase made)
    {
        int half = made.Requests.Count / 2;
        if (half > 0)
        {
            yield return made with
            {
                Requests = [.. made.Requests.Take(half)],
            };
            yield return made with
            {
                Requests = [.. made.Requests.Skip(half)],
            };
        }

        for (int s = 0; s < made.Sites.Count; s++)
        {
            GeneratedSite site = made.Sites[s];
            if (made.Sites.Count > 1)
            {
                yield return made with
                {
                    Sites = Without(made.Sites, s),
                };
            }

            for (int r = 0; r < site.Routes.Count && site.Routes.Count > 1; r++)
            {
                yield return With(made, s, site with { Routes = Without(site.Routes, r) });
            }

            foreach (IReadOnlyList<string> extras in Smaller(site.Extras))
            {
                yield return With(made, s, site with { Extras = extras });
            }

            for (int r = 0; r < site.Routes.Count; r++)
            {
                foreach (IReadOnlyList<string> extras in Smaller(site.Routes[r].Extras))
                {
                    yield return With(made, s, site with { Routes = Put(site.Routes, r, site.Routes[r] with { Extras = extras }) });
                }
            }
        }

        if (made.Trusted.Count > 0)
        {
            yield return made with
            {
                Trusted = [],
            };
        }

        if (made.Requests is [var only])
        {
            for (int h = 0; h < only.Headers.Count; h++)
            {
                yield return made with
                {
                    Requests = [only with { Headers = Without(only.Headers, h) }],
                };
            }

            if (only.Body is not null)
            {
                yield return made with
                {
                    Requests = [only with { Body = null }],
                };
            }

            if (only.Response is not null)
            {
                yield return made with
                {
                    Requests = [only with { Response = null }],
                };
            }

            if (only.Chunked && only.Body is not null)
            {
                yield return made with
                {
                    Requests = [only with { Chunked = false }],
                };
            }

            if (only.From != "127.0.0.1")
            {
                yield return made with
                {
                    Requests = [only with { From = "127.0.0.1" }],
                };
            }

            if (made.Sites is [{ Host: var host }] && char.IsAsciiLetter(host[0]) && only.Host != host)
            {
                yield return made with
                {
                    Requests = [only with { Host = host }],
                };
            }

            if (only.Method != "GET")
            {
                yield return made with
                {
                    Requests = [only with { Method = "GET" }],
                };
            }

            for (int at = only.Target.Length - 1; at > 0; at--)
            {
                yield return made with
                {
                    Requests = [only with { Target = only.Target.Remove(at, 1) }],
                };
            }
        }
    }

    private static GeneratedCase With(GeneratedCase made, int at, GeneratedSite site) => made with { Sites = Put(made.Sites, at, site) };

    // Without one of them, or with less in one.
    private static IEnumerable<IReadOnlyList<string>> Smaller(IReadOnlyList<string> extras) =>
        [
            .. extras.Select((_, e) => Without(extras, e)),
            .. extras.SelectMany((extra, e) => FlowParts.Without(extra).Select(less => Put(extras, e, less))),
        ];

    private static IReadOnlyList<T> Put<T>(IReadOnlyList<T> items, int at, T item) => [.. items.Select((old, i) => i == at ? item : old)];

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> items, int at) => [.. items.Where((_, i) => i != at)];
}
