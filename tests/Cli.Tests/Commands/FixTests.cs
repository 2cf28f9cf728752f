using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Commands;

/// <summary><c>validate --fix</c>: what has one way out is written, what needs a person stays.</summary>
public sealed class FixTests
{
    [Fact]
    public void What_has_one_way_out_is_written()
    {
        using var session = new Session().With(
            "confgen.yaml",
            "sites:\n  - { server_name: a.example.com, proxy_pass: \"127.0.0.1:3000\", rate_limit: 10r/s } # kept\n"
        );
        Said said = session.Run("validate", "--fix").Gives(0);
        Assert.Contains("confgen.yaml: valid", said.Error, StringComparison.Ordinal);
        Assert.Equal(
            "sites:\n  - { host: a.example.com, proxy: http://127.0.0.1:3000, rate_limit: { rate: 10/s } } # kept\n",
            session.Read("confgen.yaml")
        );
    }

    [Fact]
    public void What_needs_a_choice_stays_and_is_reported()
    {
        using var session = new Session().With(
            "confgen.yaml",
            "sites:\n  - { host: a.example.com, ssl: true, proxy: \"http://127.0.0.1:3000\" }\n"
        );
        Assert.Contains("tls: internal", session.Run("validate", "--fix").Gives(1).Error, StringComparison.Ordinal);
        Assert.Contains("ssl: true", session.Read("confgen.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_included_file_is_fixed_too_and_a_variable_is_never_replaced_by_its_value()
    {
        using var session = new Session()
            .With("confgen.yaml", "include: more.yaml\n")
            .With("more.yaml", "sites:\n  - { host: a.example.com, websoket: true, proxy: \"127.0.0.1:${PORT}\" }\n");
        session.Variables["PORT"] = "3000";
        session.Run("validate", "--fix").Gives(1);
        Assert.Equal("sites:\n  - { host: a.example.com, websocket: true, proxy: \"127.0.0.1:${PORT}\" }\n", session.Read("more.yaml"));
    }

    [Fact]
    public void Json_and_sarif_carry_the_edit()
    {
        using var session = new Session().With("confgen.yaml", "sites:\n  - { host: a.example.com, proxxy: \"http://127.0.0.1:3000\" }\n");
        string json = session.Run("validate", "--format", "json").Gives(1).Out;
        Assert.Contains("\"text\": \"proxy\"", json, StringComparison.Ordinal);
        string sarif = session.Run("validate", "--format", "sarif").Gives(1).Out;
        Assert.Contains("\"insertedContent\"", sarif, StringComparison.Ordinal);
        Assert.Contains("\"artifactChanges\"", sarif, StringComparison.Ordinal);
    }
}
