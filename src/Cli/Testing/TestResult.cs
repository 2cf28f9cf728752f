using Confgen.Model.Diagnostics;
using Confgen.Model.Expectations;
using Confgen.Model.Units;

namespace Confgen.Cli.Testing;

/// <summary>What became of an expectation.</summary>
/// <param name="Expectation">The request and what was expected.</param>
/// <param name="Failures">Every field that is not as expected; none where the test passed.</param>
/// <param name="Undecided">The fields that can't be told where it was tried.</param>
internal sealed record TestResult(Expectation Expectation, IReadOnlyList<Diagnostic> Failures, IReadOnlyList<string> Undecided)
{
    /// <summary>The program or the deployment that it was tried on; null for the model.</summary>
    public string? On { get; init; }

    public bool Passed => Failures.Count == 0;

    /// <summary>The request as it may be shown.</summary>
    public string Name { get; init; } = $"{Expectation.Method} {Secrets.Hide(Expectation.Url)}";
}
