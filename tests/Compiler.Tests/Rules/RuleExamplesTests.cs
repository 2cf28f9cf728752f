using Confgen.Compiler.Lint;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Rules;

/// <summary>Every rule carries a spec that breaks it and the same one mended; both are compiled here.</summary>
public sealed class RuleExamplesTests
{
    public static TheoryData<string> Codes => [.. RuleCatalogue.All().Where(r => r.Target is null).Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_bad_example_raises_exactly_its_rule(string code)
    {
        Rule rule = Find(code);
        Diagnostic[] found = [.. Compile.Text(rule.Bad, rule.Files).Diagnostics.Where(d => d.Severity >= rule.Severity || d.Rule == rule)];
        Assert.True(found.Length > 0 && found.All(d => d.Rule == rule), Explain(rule, found));
        Assert.All(found, d => Assert.True(d.Span.Line > 0, $"{code} has no place"));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_good_example_raises_nothing(string code)
    {
        Rule rule = Find(code);
        Diagnostic[] found = [.. Compile.Text(rule.Good, rule.Files).Diagnostics.Where(d => d.Severity > Severity.Info)];
        Assert.True(found.Length == 0, Explain(rule, found));
    }

    [Fact]
    public void Codes_and_names_are_unique_and_well_formed()
    {
        Rule[] rules = RuleCatalogue.All();
        Assert.Equal(rules.Length, rules.Select(r => r.Code).Distinct().Count());
        Assert.Equal(rules.Length, rules.Select(r => r.Name).Distinct().Count());
        Assert.All(rules, r => Assert.Matches("^CFG[0-9]{4}$", r.Code));
        Assert.All(rules, r => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", r.Name));
    }

    private static Rule Find(string code) => RuleCatalogue.All().Single(r => r.Code == code);

    private static string Explain(Rule rule, IEnumerable<Diagnostic> found) =>
        $"{rule.Code} {rule.Name}:\n" + string.Join("\n", found.Select(d => $"  {d.Span} {d.Rule.Code} {d.Message}"));
}
