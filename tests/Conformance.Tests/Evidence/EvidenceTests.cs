using System.Globalization;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Evidence;

/// <summary>
/// Where a target declares a field exact, <c>evidence.tsv</c> names a case that fails on the program without the field. Some are tried
/// here, others with another CONFGEN_EVIDENCE_SEED. CONFGEN_EVIDENCE=all tries each one; CONFGEN_EVIDENCE=find looks for those that are
/// missing.
/// </summary>
public sealed class EvidenceTests(ITestOutputHelper output) : IDisposable
{
    private const int Sample = 12;

    private static readonly string _folder = Path.Combine(CaseSchedule.Repository, "tests", "Conformance.Tests", "Evidence");
    private static readonly string? _mode = Environment.GetEnvironmentVariable("CONFGEN_EVIDENCE");
    private static readonly int _seed = int.Parse(
        Environment.GetEnvironmentVariable("CONFGEN_EVIDENCE_SEED") ?? "7",
        CultureInfo.InvariantCulture
    );
    private static readonly IProxy[] _here = [.. CaseSchedule.Proxies.Where(p => p.Missing is null && p.IsUsual)];

    private readonly CompilerHost _host = new(TargetCatalogue.All, new ScribanTemplates(_ => null), new DiskFileSystem(), _ => "1");
    private readonly Certificates _certificates = new();
    private readonly ProofFile _file = new(Path.Combine(_folder, "evidence.tsv"));
    private readonly IReadOnlyList<Unproven> _reasons = Unproven.Read(Path.Combine(_folder, "unproven.tsv"));

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task A_case_fails_without_the_field_that_it_proves()
    {
        var trial = new FieldTrial(_host.Catalogue, _certificates);
        if (_mode == "find")
        {
            await new ProofFinder(_host, trial, _file).FindAsync(
                [.. Missing.Where(m => _here.Any(h => h.Name == m.Program))],
                _here,
                output.WriteLine
            );
            return;
        }

        var random = new Random(_seed);
        Proof[] proofs = [.. _file.All.Where(p => _here.Any(h => h.Name == p.Program))];
        if (_mode != "all")
        {
            random.Shuffle(proofs);
            proofs = [.. proofs.Take(Sample)];
        }

        var wrong = new List<string>();
        await Parallel.ForEachAsync(
            proofs,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + 1 },
            async (proof, _) =>
            {
                TrialEnd end = await trial.RunAsync(proof.Field, proof.Case, _here.Single(h => h.Name == proof.Program));
                if (end is not (TrialEnd.FailedWithout or TrialEnd.FailedWithAnother or TrialEnd.Waited))
                {
                    lock (wrong)
                    {
                        wrong.Add($"{proof}: {end}");
                    }
                }
            }
        );
        Assert.True(
            wrong.Count == 0,
            "these prove nothing; take them out, and look for others with CONFGEN_EVIDENCE=find:\n" + string.Join('\n', wrong)
        );
    }

    [Fact]
    public void Whatever_is_exact_has_a_proof_or_a_reason() => Assert.Empty(Missing.Select(m => $"{m.Field} on {m.Program}"));

    [Fact]
    public void A_reason_is_about_something_exact_that_has_no_proof() =>
        Assert.DoesNotContain(
            _reasons,
            r => !ExactFields.All.Any(e => r.Covers(e.Field, e.Program)) || _file.All.Any(p => r.Covers(p.Field, p.Program))
        );

    [Fact]
    public void A_proof_is_of_something_exact_and_its_case_writes_it()
    {
        var finder = new ProofFinder(_host, new FieldTrial(_host.Catalogue, _certificates), _file);
        Assert.Empty(
            _file.All.Where(p => !ExactFields.All.Contains((p.Field, p.Program)) || !finder.CanProve(p)).Select(p => p.ToString())
        );
    }

    private IReadOnlyList<(string Field, string Program)> Missing =>
        [.. ExactFields.All.Where(e => _file.Find(e.Field, e.Program) is null && !_reasons.Any(r => r.Covers(e.Field, e.Program)))];
}
