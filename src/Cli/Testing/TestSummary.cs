namespace Confgen.Cli.Testing;

/// <summary>What a run of tests came to, for people.</summary>
internal static class TestSummary
{
    public static void Say(CliEnvironment surroundings, string spec, IReadOnlyList<TestResult> results)
    {
        if (results.Count == 0)
        {
            surroundings.Say($"{spec} has no tests; add some under 'tests:'");
            return;
        }

        foreach (TestResult result in results.Where(r => r.Undecided.Contains("status")))
        {
            surroundings.Say(
                $"{(result.On is { } on ? on + ": " : "")}{result.Name}: status depends on the files of the machine, and was not checked"
            );
        }

        IGrouping<string, TestResult>[] places = [.. results.GroupBy(r => r.On ?? "the model", StringComparer.Ordinal)];
        foreach (IGrouping<string, TestResult> place in places.Length > 1 ? places : [])
        {
            surroundings.Say($"{place.Key}: {Count([.. place])}");
        }

        surroundings.Say(Count(results));
    }

    private static string Count(IReadOnlyList<TestResult> results)
    {
        int passed = results.Count(r => r.Passed);
        return string.Create(null, $"{passed} passed, {results.Count - passed} failed");
    }
}
