using System.Net.Quic;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>What stands against a start is told at its place, all of it, with the way out.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task What_this_host_cannot_do_is_an_error_at_its_place()
    {
        await using StandIn other = await StandIn.StartAsync();
        using var session = new Session { Targets = null }.With(
            "confgen.yaml",
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:{{other.Port}}"], respond: ok }
              - { host: "*.b.test", listen: ["127.0.0.1:{{FreePort.Next()}}"], tls: auto, redirect_http: false, respond: ok }
            """
        );

        Said said = session.Run("serve");

        Assert.Equal(2, said.Code);
        Assert.Contains(
            $"confgen.yaml:2:30: error CFG0507: 127.0.0.1:{other.Port}: another program listens there already\n"
                + $"    2 |   - {{ host: a.test, listen: [\"127.0.0.1:{other.Port}\"]",
            said.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "error CFG0507: 'tls: auto' gets a wildcard's certificate by DNS alone: give 'acme: { dns: { exec: [...] } }'",
            said.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Http3_is_served_or_told_to_be_absent()
    {
        await using ServeProcess served = await ServeProcess.StartAsync(
            """
            sites: [{ host: a.test, listen: ["127.0.0.1:PORT"], tls: internal, http3: true, redirect_http: false, respond: ok }]
            """,
            "--state",
            "state"
        );

        Assert.Contains(
            QuicListener.IsSupported ? " and HTTP/3\n" : "confgen.yaml:1:76: HTTP/3 needs QUIC",
            served.Said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_a_killed_run_left_behind_is_no_hindrance()
    {
        using var session = new Session();
        string spec = $"sites: [{{ host: _, listen: [\"unix:{session.PathOf("site.sock")}\"], respond: ok }}]";
        await using (
            ServeProcess killed = ServeProcess.Start(session, "confgen.yaml", spec, ["--admin", "unix:" + session.PathOf("admin.sock")])
        )
        {
            await killed.SaysAsync("confgen: serving");
        }

        Assert.True(session.Has("site.sock") && session.Has("admin.sock"));
        await using ServeProcess served = ServeProcess.Start(
            session,
            "confgen.yaml",
            spec,
            ["--admin", "unix:" + session.PathOf("admin.sock")]
        );
        await served.SaysAsync("confgen: serving");
    }

    [Theory]
    [InlineData("--admin", "0.0.0.0:9180", "public:0.0.0.0:9180 if you mean it")]
    [InlineData("--admin", "nonsense", "127.0.0.1:9180")]
    [InlineData("--resolver", "nonsense", "[::1]:5353")]
    [InlineData("--drain", "soon", "30s")]
    [InlineData("--http-port", "0", "1 to 65535")]
    public void A_wrong_call_says_what_is_right(string option, string value, string says)
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);

        Said said = session.Run("serve", option, value).Gives(2);

        Assert.Contains(option, said.Error, StringComparison.Ordinal);
        Assert.Contains(says, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_the_operator_that_is_taken_is_told()
    {
        await using StandIn other = await StandIn.StartAsync();
        using var session = new Session().With("confgen.yaml", Specs.Small);

        Said said = session.Run("serve", "--admin", $"127.0.0.1:{other.Port}").Gives(2);

        Assert.Contains($"--admin: 127.0.0.1:{other.Port}: another program listens there already", said.Error, StringComparison.Ordinal);
    }
}
