using System.Text.Json;
using Confgen.Cli.Reference;
using Confgen.Cli.Tests.World;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Tests.Reference;

/// <summary><c>confgen rules</c>.</summary>
public sealed class RulesTests
{
    [Fact]
    public void Every_rule_is_a_line_that_other_programs_can_read()
    {
        using var session = new Session();
        string[] lines = session.Run("rules").Gives(0).Out.TrimEnd().Split('\n');
        Assert.Equal(AllRules.ByCode.Select(r => r.Code), lines.Select(l => l.Split(' ')[0]));
        Assert.Contains(
            lines,
            l => l.StartsWith("CFG0107  error", StringComparison.Ordinal) && l.Contains("unknown-upstream", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void On_a_terminal_they_are_a_table_that_fits()
    {
        using var session = new Session { IsTerminal = true };
        string output = session.Run("rules").Gives(0).Out;
        Assert.Contains("What is wrong", output, StringComparison.Ordinal);
        Assert.All(
            System.Text.RegularExpressions.Regex.Replace(output, "\e\\[[0-9;]*m", "").Split('\n'),
            l => Assert.InRange(l.Length, 0, 100)
        );
    }

    [Theory]
    [InlineData("CFG0107")]
    [InlineData("cfg0107")]
    [InlineData("unknown-upstream")]
    public void A_page_tells_why_and_shows_both_specs(string name)
    {
        using var session = new Session();
        string page = session.Run("rules", name).Gives(0).Out;
        Assert.StartsWith("CFG0107 unknown-upstream (error)\n\nAn upstream that is not defined.\n\n", page, StringComparison.Ordinal);
        Assert.Contains("\nWrong:\n\n    upstreams:\n", page, StringComparison.Ordinal);
        Assert.Contains("\nRight:\n\n    upstreams:\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_says_how_a_warning_is_accepted()
    {
        using var session = new Session();
        Assert.Contains("lint: { CFG0301: off }", session.Run("rules", "CFG0301").Gives(0).Out, StringComparison.Ordinal);
        Assert.Contains("lint: { CFG0401: off }", session.Run("rules", "CFG0401").Gives(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_rule_is_told_with_the_nearest()
    {
        using var session = new Session();
        Assert.Equal(
            "confgen: error CFG0500: there is no rule 'unknown-upsteam'\n  did you mean 'unknown-upstream'?\n",
            session.Run("rules", "unknown-upsteam").Gives(2).Error
        );
    }

    [Fact]
    public void Json_is_for_programs()
    {
        using var session = new Session();
        using JsonDocument document = JsonDocument.Parse(session.Run("rules", "--json").Gives(0).Out);
        Assert.Equal(AllRules.ByCode.Count, document.RootElement.GetArrayLength());
    }

    [Fact]
    public void Codes_and_names_are_unique_over_the_whole_program()
    {
        Assert.Equal(AllRules.ByCode.Count, AllRules.ByCode.Select(r => r.Code).Distinct().Count());
        Assert.Equal(AllRules.ByCode.Count, AllRules.ByCode.Select(r => r.Name).Distinct().Count());
    }

    [Fact]
    public void Every_rule_has_a_whole_page()
    {
        foreach (Rule rule in AllRules.ByCode)
        {
            Assert.False(rule.Title.EndsWith('.'), $"{rule.Code}: the title is no sentence");
            Assert.True(rule.Why.EndsWith('.') || rule.Why.EndsWith('`'), $"{rule.Code}: the reason is sentences");
            Assert.EndsWith("\n", rule.Bad, StringComparison.Ordinal);
            Assert.EndsWith("\n", rule.Good, StringComparison.Ordinal);
        }
    }
}
