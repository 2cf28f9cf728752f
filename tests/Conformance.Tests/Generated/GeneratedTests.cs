using System.Globalization;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>
/// Random specs and random requests: the programs and the model agree on the upstream, the target, the headers and the status. Each case
/// comes from its number alone. CONFGEN_GENERATED says how many are tried, as <c>500</c>, or which, as <c>17-17</c>.
/// </summary>
public sealed class GeneratedTests : IDisposable
{
    private const int Usual = 12;

    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public Task Programs_and_model_agree_on_routes() => TryAsync(seed => new CaseGenerator(seed).Make());

    [Fact]
    public Task Programs_agree_on_answers() => TryAsync(seed => new ResponseGenerator(seed).Make());

    private async Task TryAsync(Func<int, GeneratedCase> make)
    {
        string[] range = (Environment.GetEnvironmentVariable("CONFGEN_GENERATED") ?? $"1-{Usual}").Split('-');
        int first = range.Length == 1 ? 1 : int.Parse(range[0], CultureInfo.InvariantCulture);
        int last = int.Parse(range[^1], CultureInfo.InvariantCulture);
        var trial = new Trial(_certificates);
        int tried = 0;
        for (int seed = first; seed <= last; seed++)
        {
            GeneratedCase made = make(seed);
            if (await trial.ReportAsync(made) is not { } report)
            {
                continue;
            }

            tried++;
            if (report.Length > 0)
            {
                (GeneratedCase smallest, string why) = await trial.ShrinkAsync(made, report);
                string folder = await Trial.KeepAsync(smallest, seed);
                Assert.Fail(
                    $"number {seed} goes wrong; as a case, which is kept in {folder} and only wants a place below cases/:\n\n"
                        + $"--- spec.yaml\n{smallest.Spec}\n--- case.yaml\n{Prediction.Of(smallest, out _)}\n--- \n{why}"
                );
            }
        }

        Assert.True(tried * 2 >= last - first + 1, $"only {tried} of {last - first + 1} made-up specs could be tried");
    }
}
