using Confgen.Compiler.Schema;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Evidence;

/// <summary>Runs cases without a field, and with another value where it is required.</summary>
/// <param name="catalogue">The fields of the language.</param>
/// <param name="certificates">Certificates of this run.</param>
internal sealed class FieldTrial(FieldCatalogue catalogue, Certificates certificates)
{
    private const int MostValues = 16;

    // A step that passes takes a second or two, and a case a few, with the start of the program.
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan _case = TimeSpan.FromSeconds(60);

    /// <summary>What becomes of a case on a program.</summary>
    public async Task<TrialEnd> RunAsync(string field, string name, IProxy proxy)
    {
        string spec = await File.ReadAllTextAsync(Path.Combine(CaseSchedule.Root, name, "spec.yaml"));
        if (FieldChange.Without(catalogue, spec, field) is not { } without)
        {
            return TrialEnd.NotTried;
        }

        TrialEnd end = await RunSpecAsync(without, name, proxy);
        if (end != TrialEnd.Refused)
        {
            return end;
        }

        bool waited = false;
        foreach (string other in FieldChange.WithOthers(catalogue, spec, field).Take(MostValues))
        {
            end = await RunSpecAsync(other, name, proxy);
            waited |= end == TrialEnd.Waited;
            if (end == TrialEnd.FailedWithout)
            {
                return TrialEnd.FailedWithAnother;
            }
        }

        return waited ? TrialEnd.Waited : TrialEnd.Refused;
    }

    private async Task<TrialEnd> RunSpecAsync(string spec, string name, IProxy proxy)
    {
        string root = Directory.CreateTempSubdirectory("confgen-evidence-").FullName;
        try
        {
            string folder = Path.Combine(root, name);
            Copy(Path.Combine(CaseSchedule.Root, name), folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "spec.yaml"), spec);
            var runner = new CaseRunner(root, certificates) { StopsAtFailure = true, StepCeiling = _step };
            if ((await runner.CheckModelAsync(folder)).Failures.Any(f => f.StartsWith(CaseRunner.WrongSpec, StringComparison.Ordinal)))
            {
                return TrialEnd.Refused;
            }

            using var limit = new CancellationTokenSource(_case);
            CaseOutcome outcome = await runner.RunAsync(folder, proxy, limit.Token).WaitAsync(limit.Token);
            return outcome.Skipped is not null ? TrialEnd.NotTried
                : outcome.Failures.Count == 0 ? TrialEnd.Passed
                : outcome.Seen.Count == 0 ? TrialEnd.Refused
                : TrialEnd.FailedWithout;
        }
        catch (OperationCanceledException)
        {
            return TrialEnd.Waited;
        }
        catch (CaseException)
        {
            return TrialEnd.Refused;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
