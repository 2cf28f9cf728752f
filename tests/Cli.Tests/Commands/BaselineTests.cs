using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Commands;

/// <summary>A baseline: old warnings are quiet wherever their line moves, new ones and errors are not.</summary>
public sealed class BaselineTests
{
    private const string Old =
        "upstreams:\n  app: { servers: [\"https://10.0.0.5:8443\"], tls: { verify: false } }\nsites:\n"
        + "  - { host: a.example.com, proxy: app }\n";

    [Fact]
    public void Known_warnings_are_left_out_and_new_ones_are_not()
    {
        using var session = new Session().With("confgen.yaml", Old);
        session.Run("validate", "--strict").Gives(1);
        session.Run("validate", "--write-baseline", "known.json").Gives(0);
        session.Run("validate", "--strict", "--baseline", "known.json").Gives(0);
        session.With("confgen.yaml", "# moved\n\n" + Old);
        session.Run("validate", "--strict", "--baseline", "known.json").Gives(0);
        session.With(
            "confgen.yaml",
            Old.Replace("sites:", "  second: { servers: [\"https://10.0.0.6:8443\"], tls: { verify: false } }\nsites:")
                .Replace("proxy: app }", "proxy: app }\n  - { host: b.example.com, proxy: second }")
        );
        Assert.Contains(
            "10.0.0.6",
            session.Run("validate", "--strict", "--baseline", "known.json").Gives(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_is_no_baseline_is_a_wrong_call()
    {
        using var session = new Session().With("confgen.yaml", Old).With("known.json", "[]");
        Assert.Contains("CFG0508", session.Run("validate", "--baseline", "known.json").Gives(2).Error, StringComparison.Ordinal);
        session.Run("validate", "--baseline", "missing.json").Gives(2);
    }
}
