using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Output;

/// <summary>What a person reads when a spec is wrong.</summary>
public sealed class TextFormatTests
{
    [Fact]
    public void The_line_is_shown_with_a_mark_and_the_way_out() =>
        Assert.Equal(
            """
            spec.yaml:5:35: error CFG0107: unknown upstream 'ap'
                5 |   - { host: b.example.com, proxy: ap }
                  |                                   ^^ did you mean 'app'? (defined at spec.yaml:2:8)
            1 error; confgen validate --fix corrects it; confgen rules CFG0107 explains

            """,
            Shown(Specs.Wrong)
        );

    [Fact]
    public void A_related_place_stands_behind_the_hint() =>
        Assert.Contains(
            "keep one of them (the first one: spec.yaml:3:5)\n",
            Shown("sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:1\n    proxy: http://127.0.0.1:2\n"),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_a_program_does_whatever_the_spec_says_is_one_line()
    {
        using var session = new Session { Targets = null }.With("confgen.yaml", Specs.Small);
        string shown = session.Run("validate", "-t", "nginx").Gives(0).Error;
        Assert.Matches(
            "^info CFG0402: nginx [0-9.]+ differs in [0-9]+ details whatever the spec says; confgen targets nginx lists them\n",
            shown.Split('\n').First(l => l.Contains("CFG0402", StringComparison.Ordinal)) + "\n"
        );
        Assert.Equal(1, shown.Split("CFG0402").Length - 1);
        Assert.True(session.Run("validate", "-t", "nginx", "--format", "json").Gives(0).Out.Split("CFG0402").Length > 3);
        Assert.Equal(1, session.Run("validate", "-t", "nginx", "--format", "github").Gives(0).Out.Split("CFG0402").Length - 1);
    }

    [Theory]
    [InlineData("- { host: a.example.com, 漢字: x }", "^^^^")]
    [InlineData("- { host: a.example.com, é: x }", "^")]
    [InlineData("- { host: a.example.com, e\u0301: x }", "^")]
    public void The_marks_are_as_wide_as_what_they_mark(string site, string marks)
    {
        string shown = Shown($"sites:\n  {site}\n");
        string[] lines = shown.Split('\n');
        int at = Array.FindIndex(lines, l => l.Contains("unknown key", StringComparison.Ordinal));
        Assert.Equal(lines[at + 1].IndexOf(", ", StringComparison.Ordinal) + 2, lines[at + 2].IndexOf('^', StringComparison.Ordinal));
        Assert.Contains(" " + marks + " ", lines[at + 2], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_line_the_part_around_the_mark_is_shown()
    {
        string shown = Shown(
            $"sites:\n  - {{ host: a.example.com, proxy: \"http://127.0.0.1:1\", headers: {{ response: {{ set: {{ X-A: "
                + $"{new string('x', 300)} }} }} }}, prxy: 1, cache_control: {new string('y', 300)} }}\n"
        );
        string line = shown.Split('\n')[1];
        Assert.Contains("prxy: 1", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 50, 100);
        Assert.Equal(line.IndexOf("prxy", StringComparison.Ordinal), shown.Split('\n')[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"a\\e[31mred\"")]
    [InlineData("\"a\\u202Eb\"")]
    [InlineData("\"a\\rb\"")]
    public void No_text_of_a_spec_reaches_the_terminal_as_a_control(string value)
    {
        string shown = Shown($"sites:\n  - {{ host: a.example.com, proxy: {value} }}\n");
        Assert.DoesNotContain(shown, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202E', shown);
    }

    [Fact]
    public void Colours_are_for_terminals()
    {
        using var session = new Session { IsTerminal = true }.With("spec.yaml", Specs.Wrong);
        Assert.Contains("\e[1;31merror\e[0m CFG0107", session.Run("validate", "spec.yaml").Error, StringComparison.Ordinal);
        session.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain('\e', session.Run("validate", "spec.yaml").Error);
        session.Variables.Remove("NO_COLOR");
        session.Variables["TERM"] = "dumb";
        Assert.DoesNotContain('\e', session.Run("validate", "spec.yaml").Error);
    }

    private static string Shown(string spec)
    {
        using var session = new Session().With("spec.yaml", spec);
        return session.Run("validate", "spec.yaml").Error;
    }
}
