using System.Runtime.CompilerServices;
using System.Text;
using Confgen.Compiler.Syntax;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Mistakes;

/// <summary>
/// What people write by mistake, with what they are told, and what becomes of the spec when they follow it to the letter: the edits of a
/// diagnostic are applied, and where a person must choose, the spec stands there as its author wrote it. In the end there is no error.
/// <para>A case: <c>#### title</c>, the spec, <c>----</c>, and what the test writes: <c>&gt;</c> a diagnostic and its way out, <c>+</c> a
/// line that the edits changed. A spec between <c>&lt;&lt;&lt;</c> and <c>&gt;&gt;&gt;</c> is one that a person makes of the advice. After
/// a change: <c>scripts/accept-snapshots tests/Compiler.Tests/Mistakes</c>.</para>
/// </summary>
public sealed class MistakesTests
{
    private const int MostSteps = 6;

    public static TheoryData<string> Topics => [.. Names()];

    private static IEnumerable<string> Names() =>
        Directory
            .EnumerateFiles(Folder(), "*.verified.txt")
            .Select(f => Path.GetFileName(f)[..^".verified.txt".Length])
            .Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Topics))]
    public void Whoever_follows_the_advice_gets_a_valid_spec(string topic)
    {
        string file = Path.Combine(Folder(), topic + ".verified.txt");
        string received = Path.Combine(Folder(), topic + ".received.txt");
        string expected = File.ReadAllText(file);
        Mistake[] mistakes = [.. Mistake.Read(expected)];
        var actual = new StringBuilder();
        var stuck = new List<string>();
        foreach (Mistake mistake in mistakes)
        {
            Follow(mistake, actual, stuck);
        }

        File.Delete(received);
        if (actual.ToString() != expected)
        {
            File.WriteAllText(received, actual.ToString());
        }

        Assert.True(stuck.Count == 0, "no valid spec in the end:\n" + string.Join("\n", stuck));
        Assert.True(actual.ToString() == expected, $"what is said is not what '{file}' expects: compare it with '{received}'");
    }

    [Fact]
    public void Titles_are_unique()
    {
        string[] titles =
        [
            .. Names()
                .SelectMany(topic => Mistake.Read(File.ReadAllText(Path.Combine(Folder(), topic + ".verified.txt"))))
                .Select(m => m.Title),
        ];
        Assert.Equal(titles.Distinct().Order(StringComparer.Ordinal), titles.Order(StringComparer.Ordinal));
        Assert.True(titles.Length >= 150, $"{titles.Length} mistakes");
    }

    private static void Follow(Mistake mistake, StringBuilder report, List<string> stuck)
    {
        report.Append($"#### {mistake.Title}\n{mistake.Spec}----\n");
        string spec = mistake.Spec;
        int byHand = 0;
        string said = "";
        for (int step = 0; step < MostSteps; step++)
        {
            Compilation compilation = Compile.Text(spec, mistake.Files);
            Diagnostic[] found = [.. compilation.Diagnostics.Where(d => d.Severity > Severity.Info)];
            string now = string.Concat(found.Select(Line));
            report.Append(found.Length == 0 ? "> valid\n" : now);
            string fixedSpec = SourceEdits.Apply(new SourceText("spec.yaml", spec), found.Select(d => d.Fix), out _);
            if (now == said && found.Length > 0)
            {
                stuck.Add($"{mistake.Title}: the same is said again\n{now}");
                break;
            }

            said = now;
            if (fixedSpec != spec)
            {
                report.Append(Changed(spec, fixedSpec));
                spec = fixedSpec;
            }
            else if (byHand < mistake.ByHand.Count)
            {
                spec = mistake.ByHand[byHand++];
                report.Append($"<<<\n{spec}>>>\n");
            }
            else
            {
                if (found.Any(d => d.Severity == Severity.Error))
                {
                    stuck.Add($"{mistake.Title}\n{now}");
                }

                break;
            }
        }
    }

    private static string Line(Diagnostic d) =>
        $"> {d.Span.Line}:{d.Span.Column} {(d.Severity == Severity.Warning ? "warning " : "")}{d.Rule.Code} "
        + $"{d.Message}{(d.Hint is null ? "" : " -> " + d.Hint)}{(d.Fix.Count > 0 ? " *" : "")}\n";

    private static string Changed(string before, string after)
    {
        HashSet<string> old = [.. before.Split('\n')];
        string[] lines = [.. after.Split('\n').Where(l => l.Length > 0 && !old.Contains(l))];
        return lines.Length == 0 ? "+ (lines are removed)\n" : string.Concat(lines.Select(l => $"+ {l}\n"));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here) ?? "";
}
