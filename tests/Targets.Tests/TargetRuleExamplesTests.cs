using Confgen.Compiler;
using Confgen.Compiler.Lint;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests;

/// <summary>
/// Every rule that the targets raise carries a text that breaks it and the same one mended. So do the rules of rendering itself, each for
/// the target that its example names.
/// </summary>
public sealed class TargetRuleExamplesTests
{
    private static readonly IReadOnlyList<Rule> Rules =
    [
        .. TargetRules.All(),
        .. RuleCatalogue.All().Where(r => r.Target is { } target && TargetCatalogue.All.Any(t => t.Name == target)),
    ];

    public static TheoryData<string> Codes => [.. Rules.Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_bad_example_raises_exactly_its_rule(string code)
    {
        Rule rule = Rules.Single(r => r.Code == code);
        Diagnostic[] found = [.. Find(rule, rule.Bad).Where(d => d.Severity >= rule.Severity || d.Rule == rule)];
        Assert.True(found.Length > 0 && found.All(d => d.Rule == rule), Explain(rule, found));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_good_example_does_not_raise_it(string code)
    {
        Rule rule = Rules.Single(r => r.Code == code);
        Diagnostic[] found = [.. Find(rule, rule.Good).Where(d => d.Severity == Severity.Error || d.Rule == rule)];
        Assert.True(found.Length == 0, Explain(rule, found));
    }

    [Fact]
    public void Codes_and_names_are_unique_among_all_rules()
    {
        Rule[] all = [.. TargetRules.All(), .. RuleCatalogue.All()];
        Assert.Empty(all.GroupBy(r => r.Code).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(all.GroupBy(r => r.Name).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(all, r => Assert.Matches("^CFG[0-9]{4}$", r.Code));
    }

    // What a program does whatever the spec says is told with every spec; its loud part is for the rule's own example to show.
    private static bool IsOfEverySpec(Rule rule, Diagnostic d) =>
        d.Rule.Name == "program-differs" && (rule != d.Rule || d.Severity == Severity.Info);

    private static IEnumerable<Diagnostic> Find(Rule rule, string text)
    {
        // The bad example of a fault in a template brings the template; the good one is rendered with the built-in one.
        Compilation compilation = CompiledText.Of(text, text == rule.Bad ? rule.Files : null);
        IEnumerable<Diagnostic> rendering = rule.Target is { } target
            ? compilation.Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete).Diagnostics
            : [];
        return compilation.Diagnostics.Concat(rendering).Where(d => !IsOfEverySpec(rule, d));
    }

    private static string Explain(Rule rule, IEnumerable<Diagnostic> found) =>
        $"{rule.Code} {rule.Name}:\n" + string.Join("\n", CompiledText.Shown(found));
}
