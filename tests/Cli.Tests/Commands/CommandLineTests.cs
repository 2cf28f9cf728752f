using Confgen.Cli.Tests.World;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Tests.Commands;

/// <summary>Calls that are wrong, help, and faults of the program itself.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("bulid", "there is no verb 'bulid'\n  did you mean 'build'?")]
    [InlineData("frobnicate", "there is no verb 'frobnicate'\n  'confgen --help' lists the verbs")]
    [InlineData("build --stdot", "'build' has no option '--stdot'\n  did you mean '--stdout'?")]
    [InlineData("build --stdot a.yaml", "'build' has no option '--stdot'\n  did you mean '--stdout'?")]
    [InlineData("build a.yaml --xyzzy=1", "'build' has no option '--xyzzy'\n  'confgen build --help' shows how it is called")]
    [InlineData("build a.yaml b.yaml", "'build' has no use for 'b.yaml'\n  'confgen build --help' shows how it is called")]
    [InlineData("build -t", "'--target' needs a value: --target NAME,...\n  'confgen build --help' shows how it is called")]
    [InlineData("serve --http-port x", "'--http-port' is a port of 1 to 65535\n  'confgen serve --help' shows how it is called")]
    [InlineData("serve --https-port -1", "'--https-port' is a port of 1 to 65535\n  'confgen serve --help' shows how it is called")]
    [InlineData("serve --admin", "'--admin' needs a value: --admin ADDRESS\n  'confgen serve --help' shows how it is called")]
    [InlineData("serve --resolver", "'--resolver' needs a value: --resolver ADDRESS\n  'confgen serve --help' shows how it is called")]
    [InlineData("serve --strict --drain", "'--drain' needs a value: --drain TIME\n  'confgen serve --help' shows how it is called")]
    [InlineData("serve --drain 1s --drain 2s", "'--drain' is given more than once\n  'confgen serve --help' shows how it is called")]
    [InlineData("tunnel --drain", "'--drain' needs a value: --drain TIME\n  'confgen tunnel --help' shows how it is called")]
    [InlineData(
        "validate --format xml",
        "'xml' is not one of --format's values: text, json, sarif, github, junit\n  'confgen validate --help' shows how it is called"
    )]
    public void A_wrong_call_is_told_with_the_way_out(string call, string said)
    {
        using var session = new Session();
        Assert.Equal($"confgen: error CFG0500: {said}\n", session.Run(call.Split(' ')).Gives(2).Error);
    }

    [Fact]
    public void A_file_may_be_named_like_an_option()
    {
        using var session = new Session().With("-odd.yaml", Specs.Small);
        session.Run("validate", "--", "-odd.yaml").Gives(0);
    }

    [Fact]
    public void A_file_may_be_named_like_a_response_file()
    {
        using var session = new Session().With("@odd.yaml", Specs.Small);
        session.Run("validate", "@odd.yaml").Gives(0);
    }

    [Fact]
    public void Without_arguments_help_is_shown_and_the_call_is_wrong()
    {
        using var session = new Session();
        Said said = session.Run().Gives(2);
        Assert.Equal("", said.Out);
        Assert.Contains("Commands:", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    public void Help_lists_the_verbs(string call)
    {
        using var session = new Session();
        Assert.Contains("  build <SPEC>", session.Run(call).Gives(0).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("build --help")]
    [InlineData("rules --help")]
    [InlineData("serve --help")]
    [InlineData("targets --help")]
    public void Help_has_lines_that_can_be_read(string call)
    {
        using var session = new Session { Targets = null };
        Assert.All(session.Run(call.Split(' ')).Gives(0).Out.Split('\n'), line => Assert.InRange(line.Length, 0, 400));
    }

    [Fact]
    public void The_version_is_a_number() => Assert.Matches(@"^\d+\.\d+\.\d+[^\n]*\n$", new Session().Run("--version").Gives(0).Out);

    [Fact]
    public void A_fault_of_the_program_is_one_line()
    {
        using var session = new Session { Targets = [new BrokenTarget()] }.With("confgen.yaml", Specs.Small);
        string error = session.Run("build", "-t", "broken").Gives(70).Error;
        Assert.Matches("^confgen [^\n]*: internal error: it is a test \\(InvalidOperationException\\); please report it [^\n]*\n$", error);
        session.Variables["CONFGEN_TRACE"] = "1";
        Assert.Contains(
            "   at Confgen.Compiler.Compilation.Render",
            session.Run("build", "-t", "broken").Gives(70).Error,
            StringComparison.Ordinal
        );
    }

    private sealed class BrokenTarget : IRenderingTarget
    {
        private readonly FailingTarget _target = new();

        public string Name => "broken";

        public string Title => _target.Title;

        public Confgen.Compiler.Schema.ObjectSchema Settings => _target.Settings;

        public CapabilityTable Capabilities => _target.Capabilities;

        public IReadOnlyList<TargetVersion> Versions => [];

        public TargetVersion DefaultVersion => _target.DefaultVersion;

        public void Check(RenderContext context) => throw new InvalidOperationException("it is a test");

        public IReadOnlyList<RenderedFile> Render(RenderContext context) => [];
    }
}
