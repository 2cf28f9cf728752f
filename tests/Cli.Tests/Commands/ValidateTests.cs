using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Commands;

/// <summary><c>confgen validate</c>.</summary>
public sealed class ValidateTests
{
    [Fact]
    public void A_good_spec_is_called_valid()
    {
        using var session = new Session().With("confgen.yaml", Specs.Two);
        Said said = session.Run("validate").Gives(0);
        Assert.Equal("confgen.yaml: valid, 2 sites, 2 routes, 0 named upstreams\n", said.Error);
        Assert.Equal("", said.Out);
    }

    [Fact]
    public void Several_specs_are_all_told_of()
    {
        using var session = new Session().With("a.yaml", Specs.Wrong).With("b.yaml", Specs.Small).With("c.yaml", "sites: 3\n");
        string error = session.Run("validate", "a.yaml", "b.yaml", "c.yaml").Gives(1).Error;
        Assert.Contains("a.yaml:5:35: error CFG0107", error, StringComparison.Ordinal);
        Assert.Contains("b.yaml: valid", error, StringComparison.Ordinal);
        Assert.Contains("c.yaml:1:8: error CFG0101", error, StringComparison.Ordinal);
        Assert.Contains(
            "2 errors; confgen validate --fix corrects 1 of them; confgen rules CFG0101 CFG0107 explains",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_part_of_a_spec_is_told_which_spec_it_is_a_part_of()
    {
        using Session session = new Session()
            .With("confgen.yaml", "include: [sites/*.yaml]\nupstreams: { app: \"http://127.0.0.1:3000\" }\n")
            .With("sites/a.yaml", "sites:\n  - { host: a.example.com, proxy: app }\n")
            .With("alone.yaml", "sites:\n  - { host: a.example.com, proxy: app }\n");
        Assert.Contains(
            "sites/a.yaml:1:1: info CFG0506: 'confgen.yaml' includes this file, which is not a whole spec by itself",
            session.Run("validate", "sites/a.yaml").Gives(1).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "run 'confgen validate confgen.yaml'",
            session.Run("build", "sites/a.yaml", "-t", "plain").Gives(1).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("CFG0506", session.Run("validate", "alone.yaml").Gives(1).Error, StringComparison.Ordinal);
        session.Run("validate", "confgen.yaml").Gives(0);
    }

    [Fact]
    public void Standard_input_is_a_spec()
    {
        using var session = new Session { Input = Specs.Wrong };
        Assert.StartsWith("<stdin>:5:35: error CFG0107", session.Run("validate", "-").Gives(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_are_checked_on_demand()
    {
        using var session = new Session().With(
            "confgen.yaml",
            "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:1\", compress: [gzip] }\n"
        );
        session.Run("validate").Gives(0);
        Assert.Contains(
            "CFG0400: plain can't do 'compress'",
            session.Run("validate", "-t", "plain").Gives(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_missing_file_is_a_wrong_call()
    {
        using var session = new Session().With("a.yaml", Specs.Small);
        Assert.Equal(
            "confgen: error CFG0501: there is no file 'b.yaml'\n  name a spec, or write a first one with 'confgen init'\n",
            session.Run("validate", "a.yaml", "b.yaml").Gives(2).Error
        );
    }

    [Fact]
    public void Relative_names_are_meant_from_the_folder_of_the_call()
    {
        using var session = new Session()
            .With("specs/main.yaml", "include: [parts/*.yaml]\n" + Specs.Small)
            .With("specs/parts/b.yaml", "sites:\n  - { host: b.example.com, files: www }\n");
        Assert.Contains("specs/parts/b.yaml:2:", session.Run("validate", "specs/main.yaml").Gives(1).Error, StringComparison.Ordinal);
        Directory.CreateDirectory(session.PathOf("specs/parts/www"));
        session.Run("validate", "specs/main.yaml").Gives(0);
    }
}
