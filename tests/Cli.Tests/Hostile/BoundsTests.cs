using System.Text;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>Specs that are made to exhaust a reader: refused with a diagnostic of some lines, soon and in bounded memory.</summary>
public sealed class BoundsTests
{
    private const int LongestReport = 20_000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    [Fact]
    public void A_variable_of_200_MB()
    {
        using Session session = new Session().With("confgen.yaml", "sites:\n  - { host: a.example.com, respond: \"${HUGE}\" }\n");
        session.Variables["HUGE"] = new string('x', 200_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        session.Run("validate").Gives(ExitCode.BadSpec);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        Refused(session);
    }

    [Fact]
    public void Many_references_to_a_large_variable()
    {
        var spec = new StringBuilder("sites:\n  - host: a.example.com\n    routes:\n");
        for (int i = 0; i < 500; i++)
        {
            spec.Append(null, $"      - {{ path: /{i}, respond: \"${{LARGE}}\" }}\n");
        }

        using Session session = new Session().With("confgen.yaml", spec.ToString());
        session.Variables["LARGE"] = new string('x', 100_000);
        Refused(session);
        session.With(
            "confgen.yaml",
            $"sites:\n  - {{ host: a.example.com, respond: \"{string.Concat(Enumerable.Repeat("${LARGE}", 1000))}\" }}\n"
        );
        Refused(session);
    }

    [Fact]
    public void Aliases_of_aliases()
    {
        var spec = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
        {
            spec.Append(null, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Try(new Session().With("confgen.yaml", spec + "sites: *a11\n"));
        Try(new Session().With("confgen.yaml", "sites: &a [*a]\n"));
        Try(new Session().With("confgen.yaml", "a: &a { <<: *a }\nsites: []\n"));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{ a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("\"")]
    [InlineData("&a ")]
    [InlineData("!!x ")]
    public void Deep_nesting(string opening)
    {
        Try(new Session().With("confgen.yaml", "sites: " + string.Concat(Enumerable.Repeat(opening, 200_000))));
        Try(new Session().With("confgen.yaml", string.Concat(Enumerable.Range(0, 3000).Select(i => new string(' ', i) + "a:\n"))));
    }

    [Fact]
    public void Includes_in_a_circle_and_many_of_them()
    {
        // A file that is included again is read once.
        using Session itself = new Session().With("confgen.yaml", "include: [confgen.yaml]\n" + Specs.Small);
        itself.Run("validate").Gives(ExitCode.Good);
        using Session circle = new Session()
            .With("confgen.yaml", "include: [a.yaml]\n" + Specs.Small)
            .With("a.yaml", "include: [b.yaml]\n")
            .With("b.yaml", "include: [a.yaml]\n");
        circle.Run("validate").Gives(ExitCode.Good);

        // Each of a chain once: deeper than they may be.
        Session deep = new Session().With("confgen.yaml", "include: [i0.yaml]\n" + Specs.Small);
        for (int i = 0; i < 300; i++)
        {
            deep.With($"i{i}.yaml", $"include: [i{i + 1}.yaml]\n");
        }

        Try(deep.With("i300.yaml", "sites: []\n"));
    }

    [Fact]
    public void A_spec_of_100_MB()
    {
        using var session = new Session();
        using (var file = new StreamWriter(session.PathOf("confgen.yaml")))
        {
            file.Write("sites:\n");
            for (int i = 0; i < 2_000_000; i++)
            {
                file.Write("  - { host: a.example.com, respond: xxxxxxxxxxxxxxxxxx }\n");
            }
        }

        Refused(session);
    }

    [Fact]
    public void Lines_of_a_megabyte()
    {
        string line = new('x', 1_000_000);
        foreach (
            string spec in new[]
            {
                $"sites: {line}\n",
                $"{line}: 1\n",
                $"sites:\n  - {{ host: a.example.com, proxy: \"{line}\" }}\n",
                $"sites:\n  - {{ host: a.example.com, {line}: 1 }}\n",
                $"sites:\n  - {{ host: \"{line}\", respond: x }}\n",
                $"include: [{line}]\n",
                $"sites: [ {line}",
                "\u0001" + line,
                $"sites:\n  - {{ host: a.example.com, regex: \"^{line}(\", respond: x }}\n",
            }
        )
        {
            foreach (string format in new[] { "text", "json", "github", "sarif" })
            {
                Try(new Session().With("confgen.yaml", spec), "--format", format);
            }
        }
    }

    [Fact]
    public void Many_mistakes()
    {
        var spec = new StringBuilder("sites:\n");
        for (int i = 0; i < 20_000; i++)
        {
            spec.Append(null, $"  - {{ hots: a{i}.example.com, proxy: x{i} }}\n");
        }

        using Session session = new Session().With("confgen.yaml", spec.ToString());
        Refused(session, 3_000_000);
    }

    private static void Try(Session session, params string[] arguments)
    {
        using (session)
        {
            Refused(session, LongestReport, arguments);
        }
    }

    private static void Refused(Session session, params string[] arguments) => Refused(session, LongestReport, arguments);

    private static void Refused(Session session, int longest, params string[] arguments)
    {
        Task<Said> run = Task.Factory.StartNew(() => session.Run(["validate", .. arguments]), TaskCreationOptions.LongRunning);
        Assert.True(run.Wait(_patience), "validate did not end");
        Said said = run.Result;
        Assert.True(said.Code == ExitCode.BadSpec, $"{said.Code} {Start(said.Error)}");
        Assert.True(
            said.Out.Length + said.Error.Length < longest,
            $"{said.Out.Length + said.Error.Length} characters: {Start(said.Error + said.Out)}"
        );
    }

    private static string Start(string text) => text[..Math.Min(text.Length, 2000)];
}
