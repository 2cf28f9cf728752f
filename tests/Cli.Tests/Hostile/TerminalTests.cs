using Confgen.Cli.Output;
using Confgen.Cli.Tests.World;
using Confgen.Cli.Writing;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>Names and values with control characters and with commands of CI systems, in every format.</summary>
public sealed class TerminalTests
{
    private const string Escapes = "\\e[31m\\a\\u009b31m\\u202e\\u2028";

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    public void Values(string format)
    {
        using Session session = new Session().With(
            "confgen.yaml",
            $"sites:\n  - {{ host: \"{Escapes}\", proxy: \"x{Escapes}\", \"{Escapes}\": 1 }}\n"
        );

        foreach (
            string[] call in new[]
            {
                new[] { "validate", "--format", format },
                ["build", "-t", "plain", "--format", format],
                ["test", "--format", format, "--junit", "junit.xml"],
            }
        )
        {
            Said said = session.Run(call).Gives(ExitCode.BadSpec);
            Check(said.Out + said.Error);
        }
    }

    [Theory]
    [InlineData("::error file=x::owned.yaml")]
    [InlineData(" ::stop-commands::x")]
    [InlineData("##[error]owned.yaml")]
    [InlineData("##vso[task.setvariable variable=x]owned.yaml")]
    [InlineData("\e[2Jowned.yaml")]
    public void Names_of_files(string name)
    {
        foreach (string spec in new[] { Specs.Small, Specs.Wrong, "sites: [\n", "", "a\u0001" })
        {
            using Session session = new Session()
                .With(name.TrimStart(), spec)
                .With("confgen.yaml", $"include: [\"{name.Trim().Replace("\e", "\\e")}\"]\n");
            foreach (
                string[] call in new[]
                {
                    new[] { "validate", name.TrimStart() },
                    ["validate"],
                    ["build", "-t", "plain", name.TrimStart()],
                    ["fmt", "--diff", name.TrimStart()],
                    ["test", name.TrimStart()],
                    ["validate", name + "missing"],
                }
            )
            {
                Said said = session.Run(call);
                Check(said.Out + said.Error);
                CheckCommands(said.Out + said.Error);
            }
        }
    }

    [Fact]
    public void Results_of_tests_as_JUnit()
    {
        using Session session = new Session().With(
            "confgen.yaml",
            Specs.Small + $"tests:\n  - {{ get: \"http://a.example.com/\", expect: {{ headers: {{ X: \"{Escapes}\" }}, status: 418 }} }}\n"
        );

        session.Run("test", "--junit", "junit.xml").Gives(ExitCode.BadSpec);

        System.Xml.Linq.XDocument.Parse(session.Read("junit.xml"));
        Check(session.Read("junit.xml"));
    }

    [Fact]
    public void Lines_of_a_difference()
    {
        var text = new StringWriter();

        UnifiedDiff.Write(text, new Paint(false), "a", "::error::old\n\tkept\n", "::error::new\e[31m\n\tkept\n");

        Check(text.ToString());
        CheckCommands(text.ToString());
        Assert.Contains("\n \tkept\n", text.ToString(), StringComparison.Ordinal);
    }

    private static void Check(string text) =>
        Assert.DoesNotContain(text, c => c is (< ' ' and not '\n' and not '\t') or (>= '\x7f' and < '\xa0') or '\u202e' or '\u2028');

    // A runner takes a command at the beginning of a line, after spaces, or of the second kind anywhere.
    private static void CheckCommands(string text) =>
        Assert.DoesNotContain(
            text.Split('\n'),
            l =>
                l.TrimStart().StartsWith("::", StringComparison.Ordinal)
                || l.Contains("##[", StringComparison.Ordinal)
                || l.Contains("##vso[", StringComparison.Ordinal)
        );
}
