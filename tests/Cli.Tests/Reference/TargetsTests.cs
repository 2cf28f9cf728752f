using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Reference;

/// <summary><c>confgen targets</c>.</summary>
public sealed class TargetsTests
{
    [Fact]
    public void Targets_are_listed_with_their_versions()
    {
        using var session = new Session();
        Assert.Equal("plain  1.0 to 2.0  2.0  Lines of text\nother  1.0 to 2.0  2.0  Lines of text\n", session.Run("targets").Gives(0).Out);
    }

    [Fact]
    public void One_tells_its_settings_notes_and_every_field()
    {
        using var session = new Session();
        string page = session.Run("targets", "plain").Gives(0).Out;
        Assert.StartsWith(
            "plain: Lines of text\nVersions: 1.0 to 2.0; 2.0 unless targets.plain.version says another.\n"
                + "Note, before 2.0: it forgets things; fixed in 2.0\n",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("targets.plain.greeting  A first line.\n", page, StringComparison.Ordinal);
        Assert.Contains("site.compress     unsupported  leave it out\n", page, StringComparison.Ordinal);
        Assert.Contains("upstream.retries  approximate  it never gives up\n", page, StringComparison.Ordinal);
        Assert.Contains("route.proxy       exact\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_exact_can_be_left_out()
    {
        using var session = new Session();
        Assert.DoesNotContain("exact", session.Run("targets", "plain", "--differing").Gives(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_proxy_itself_declares_its_fields_and_is_validated_for()
    {
        using var session = new Session { Targets = null };
        Assert.Contains("site.tls", session.Run("targets", "serve", "--differing").Gives(0).Out, StringComparison.Ordinal);
        session.With("confgen.yaml", "sites:\n  - { host: \"*.example.com\", tls: auto, redirect_http: false, hsts: {}, respond: ok }\n");
        Assert.Contains("serve can't do 'tls' `auto`", session.Run("validate", "-t", "serve").Gives(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_built_for_the_proxy_itself()
    {
        using var session = new Session { Targets = null };
        session.With("confgen.yaml", "sites:\n  - { host: a.example.com, respond: ok }\n");
        Assert.StartsWith(
            "confgen: error CFG0502: nothing is built for 'serve'\n",
            session.Run("build", "-t", "serve").Gives(2).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_unknown_one_is_told_with_the_nearest()
    {
        using var session = new Session();
        Assert.Equal(
            "confgen: error CFG0502: there is no target 'plian'\n  did you mean 'plain'?\n",
            session.Run("targets", "plian").Gives(2).Error
        );
    }
}
