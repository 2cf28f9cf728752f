using Confgen.Cli.Tests.World;
using Confgen.Cli.Writing;

namespace Confgen.Cli.Tests.Writing;

/// <summary>No file is lost, and none is left: what confgen wrote is replaced and removed, what it did not write is not touched.</summary>
public sealed class ManifestTests
{
    private static readonly string[] Parts = ["build", "-t", "plain", "--layout", "conf.d"];

    [Fact]
    public void The_file_of_a_site_that_is_gone_is_removed()
    {
        using Session session = Built();
        session.With("confgen.yaml", Specs.Small);
        Assert.Equal("obsolete: out/plain/conf.d/1.conf\n", session.Run([.. Parts, "--check"]).Gives(3).Error);
        Assert.Contains(
            "--- out/plain/conf.d/1.conf\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-b.example.com",
            session.Run([.. Parts, "--diff"]).Gives(0).Out,
            StringComparison.Ordinal
        );
        Assert.True(session.Has("out/plain/conf.d/1.conf"));
        Assert.Contains("removed out/plain/conf.d/1.conf", session.Run(Parts).Gives(0).Error, StringComparison.Ordinal);
        Assert.False(session.Has("out/plain/conf.d/1.conf"));
        session.Run([.. Parts, "--check"]).Gives(0);
    }

    [Fact]
    public void The_files_of_another_layout_are_removed_and_those_of_another_target_or_spec_are_not()
    {
        using Session session = Built();
        session.With("another.yaml", Specs.Small.Replace("a.example", "c.example", StringComparison.Ordinal));
        session.Run("build", "-t", "other").Gives(0);
        session.Run("build", "another.yaml", "-t", "plain").Gives(0);
        Assert.True(session.Has("out/plain/conf.d/0.conf"));
        Assert.True(session.Has("out/plain/plain.conf"));
        session.Run("build", "-t", "plain").Gives(0);
        Assert.False(session.Has("out/plain/conf.d/0.conf"));
        Assert.True(session.Has("out/other/other.conf"));
    }

    [Fact]
    public void A_file_that_two_specs_share_stays_until_neither_gives_it()
    {
        using Session session = Built();
        session.With("another.yaml", Specs.Two);
        string[] other = ["build", "another.yaml", .. Parts[1..]];
        session.Run(other).Gives(0);
        session.Run([.. Parts, "--check"]).Gives(0);
        session.With("confgen.yaml", Specs.Small).Run(Parts).Gives(0);
        Assert.True(session.Has("out/plain/conf.d/1.conf"));
        session.Run([.. other, "--check"]).Gives(0);
        session.With("another.yaml", Specs.Small).Run(other).Gives(0);
        Assert.False(session.Has("out/plain/conf.d/1.conf"));
    }

    [Theory]
    [InlineData(false, "'out/plain/plain.conf' was not written by confgen")]
    [InlineData(true, "'out/plain/plain.conf' was edited after confgen wrote it")]
    public void A_file_that_is_somebody_elses_is_replaced_by_force_alone_and_kept_as_a_copy(bool wasBuilt, string problem)
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        if (wasBuilt)
            session.Run("build", "-t", "plain").Gives(0);
        session.With("out/plain/plain.conf", "by hand\n");
        Said refused = session.Run("build", "-t", "plain,other").Gives(2);
        Assert.Contains(problem, refused.Error, StringComparison.Ordinal);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("by hand\n", session.Read("out/plain/plain.conf"));
        Assert.False(session.Has("out/other/other.conf"));
        for (int i = 0; i < 2; i++)
        {
            Assert.Contains(
                "kept out/plain/plain.conf as out/plain/plain.conf.bak",
                session.Run("build", "-t", "plain", "--force").Gives(0).Error,
                StringComparison.Ordinal
            );
            Assert.StartsWith("a.example.com -> ", session.Read("out/plain/plain.conf"), StringComparison.Ordinal);
            Assert.Equal("by hand\n", session.Read(i == 0 ? "out/plain/plain.conf.bak" : "out/plain/plain.conf.bak2"));
            session.With("out/plain/plain.conf", "by hand\n");
        }
    }

    [Fact]
    public void An_obsolete_file_that_was_edited_is_removed_by_force_alone()
    {
        using Session session = Built();
        session.With("confgen.yaml", Specs.Small).With("out/plain/conf.d/1.conf", "by hand\n");
        session.Run(Parts).Gives(2);
        Assert.True(session.Has("out/plain/conf.d/1.conf"));
        session.Run([.. Parts, "--force"]).Gives(0);
        Assert.False(session.Has("out/plain/conf.d/1.conf"));
        Assert.Equal("by hand\n", session.Read("out/plain/conf.d/1.conf.bak"));
    }

    [Fact]
    public void A_file_that_already_is_as_wanted_becomes_confgens()
    {
        using Session session = Built();
        File.Delete(session.PathOf("out/plain/" + Manifest.FileName));
        session.Run([.. Parts, "--check"]).Gives(0);
        session.Run(Parts).Gives(0);
        session.With("confgen.yaml", Specs.Two.Replace("3000", "3001", StringComparison.Ordinal));
        session.Run(Parts).Gives(0);
        Assert.Contains("3001", session.Read("out/plain/conf.d/0.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_was_killed_in_between_is_taken_up_again()
    {
        using Session session = Built();
        string text = session.Read("out/plain/" + Manifest.FileName);
        Manifest both = Manifest.Parse(text)!.With([new ManifestEntry(Manifest.HashOf("half\n"u8), "../../confgen.yaml", "conf.d/1.conf")]);
        session.With("out/plain/" + Manifest.FileName, both.ToString()).With("out/plain/conf.d/1.conf", "half\n");
        session.Run(Parts).Gives(0);
        Assert.Equal(text, session.Read("out/plain/" + Manifest.FileName));
        Assert.StartsWith("b.example.com", session.Read("out/plain/conf.d/1.conf"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../precious")]
    [InlineData("/etc/passwd")]
    [InlineData("conf.d/../../../precious")]
    public void A_manifest_that_names_a_file_elsewhere_removes_nothing(string path)
    {
        using Session session = Built();
        session.With("precious", "p");
        string name = "out/plain/" + Manifest.FileName;
        session.With(
            name,
            Manifest.Parse(session.Read(name))!.With([new ManifestEntry(Manifest.HashOf("p"u8), "../../confgen.yaml", path)]).ToString()
        );
        session.Run(Parts).Gives(0);
        Assert.Equal("p", session.Read("precious"));
    }

    [Fact]
    public void What_is_no_manifest_is_a_fault_with_its_name()
    {
        using Session session = Built();
        session.With("out/plain/" + Manifest.FileName, "x\n");
        Assert.Contains(
            "'out/plain/.confgen-manifest' isn't a manifest of confgen",
            session.Run(Parts).Gives(2).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("../my spec.yaml", "a b.conf")]
    [InlineData("100%\n\t.yaml", "x")]
    public void Odd_names_survive(string spec, string path)
    {
        var entry = new ManifestEntry(Manifest.HashOf("x"u8), spec, path);
        Assert.Equal([entry], Manifest.Parse(Manifest.Empty.With([entry]).ToString())!.Entries);
    }

    private static Session Built()
    {
        Session session = new Session().With("confgen.yaml", Specs.Two);
        session.Run(Parts).Gives(0);
        return session;
    }
}
