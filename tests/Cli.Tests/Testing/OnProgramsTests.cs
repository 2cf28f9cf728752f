using System.Net;
using System.Net.Sockets;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Testing;

/// <summary><c>confgen test --on</c> and <c>--against</c>: the same tests on real programs.</summary>
public sealed class OnProgramsTests
{
    // Clients from elsewhere, upstreams and files that aren't there, privileged ports: all of it is played.
    private const string Spec = """
        trusted_proxies: [10.0.0.0/8]
        upstreams:
          app: { servers: ["http://app.internal:3000", { url: "http://10.0.0.9:3000", backup: true }] }
          tls: { servers: ["https://10.1.2.3:8443"] }
        sites:
          - host: a.test
            tls: { cert: /nonexistent/a.pem, key: /nonexistent/a.key }
            routes:
              - { path: /, proxy: app }
              - { path: /up, proxy: tls, host: upstream, strip_prefix: true }
              - { path: /admin, proxy: app, allow: [192.0.2.0/24] }
              - { path: /pages, files: /nonexistent/files }
              - { path: /who, respond: "x", headers: { response: { set: { X-Who: "{client_ip}" } } } }
          - host: b.test
            listen: 8080
            routes:
              - { path: /, redirect: "https://a.test{uri}" }
        tests:
          - { get: "https://a.test/a%2Fb//c?x=1", expect: { status: 200, upstream: app, target: "/a%2Fb//c?x=1", upstream_headers: { X-Forwarded-For: 203.0.113.7, X-Forwarded-Proto: https, Host: a.test } } }
          - { get: "https://a.test/up/x", expect: { upstream: tls, target: /x, upstream_headers: { Host: "10.1.2.3:8443" } } }
          - { get: "https://a.test/admin", expect: { status: 403 } }
          - { get: "https://a.test/admin", from: 192.0.2.9, expect: { status: 200, upstream: app } }
          - { get: "https://a.test/admin", from: 10.3.3.3, headers: { X-Forwarded-For: "192.0.2.1" }, expect: { status: 200, upstream_headers: { X-Forwarded-For: "192.0.2.1, 10.3.3.3", X-Real-IP: 192.0.2.1 } } }
          - { get: "https://a.test/admin", headers: { X-Forwarded-For: "192.0.2.1" }, expect: { status: 403 } }
          - { get: "https://a.test/pages/x", expect: { status: 200 } }
          - { get: "https://a.test/who", from: "2001:db8::7", expect: { headers: { X-Who: "2001:db8::7" } } }
          - { get: "http://a.test/x?y", expect: { status: 308, location: "https://a.test/x?y" } }
          - { get: "http://b.test:8080/x?y", expect: { status: 308, location: "https://a.test/x?y" } }
          - { post: "https://a.test/x", body: "héllo", expect: { status: 200, upstream_headers: { Content-Length: "6" } } }

        """;

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    [InlineData("serve")]
    public void What_holds_on_the_model_holds_on_the_program(string program)
    {
        if (RealPrograms.IsMissing(program))
        {
            return;
        }

        using Session session = RealSession().With("confgen.yaml", Spec);
        string error = session.Run("test", "--on", program).Gives(0).Error;
        Assert.Contains($"{program}: 11 passed, 0 failed", error, StringComparison.Ordinal);
        Assert.Contains("22 passed, 0 failed", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_on_the_program_is_shown_at_its_line_with_what_the_model_says()
    {
        using Session session = RealSession()
            .With(
                "confgen.yaml",
                "sites:\n  - { host: a.test, proxy: \"http://127.0.0.1:3000\" }\ntests:\n"
                    + "  - { get: \"http://a.test/x\", expect: { upstream_headers: { Accept-Encoding: br } } }\n"
            );
        string error = session.Run("test", "--on", "serve").Gives(1).Error;
        Assert.Contains(
            "confgen.yaml:4:59: error CFG0700: serve: GET http://a.test/x: upstream_headers: Accept-Encoding is absent, expected 'br'",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("the model says: path: / (line 2): the upstream responds", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_refuses_the_spec_says_so_at_the_field()
    {
        if (RealPrograms.IsMissing("caddy"))
        {
            return;
        }

        using Session session = RealSession()
            .With(
                "confgen.yaml",
                "sites:\n  - { host: a.test, proxy: \"http://127.0.0.1:3000\", rate_limit: { rate: 1/s } }\ntests:\n"
                    + "  - { get: \"http://a.test/x\", expect: { status: 200 } }\n"
            );
        string error = session.Run("test", "--on", "caddy").Gives(1).Error;
        Assert.Contains("confgen.yaml:2:65: error CFG0400: caddy can't do 'rate_limit'", error, StringComparison.Ordinal);
        Assert.Contains("caddy: 0 passed, 1 failed", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ngnix", "tests can't be run on 'ngnix'", "did you mean 'nginx'?")]
    [InlineData("traefik", "tests can't be run on 'traefik'", "they can on: apache, caddy, haproxy, nginx, serve")]
    public void A_program_that_cannot_be_had_is_a_bad_call(string name, string problem, string wayOut)
    {
        using Session session = RealSession().With("confgen.yaml", Spec);
        string error = session.Run("test", "--on", name).Gives(2).Error;
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Contains(wayOut, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_is_asked_what_can_be_seen_from_outside()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        Task<string> asked = ResponseOnceAsync(
            server,
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 302 Found\r\nLocation: http://b.test/new\r\nContent-Length: 0\r\n\r\n"
        );
        using Session session = RealSession()
            .With(
                "confgen.yaml",
                """
                sites:
                  - { host: a.test, routes: [ { path: /, redirect: { to: "http://b.test/new", status: 302 } } ] }
                tests:
                  - { get: "http://a.test/old%2F?x", headers: { X-A: b }, expect: { status: 302, location: "http://b.test/new", route: / } }
                  - { get: "https://a.test/old", expect: { headers: { X-A: "" } } }

                """
            );
        string error = session.Run("test", "--against", $"http://{server.LocalEndpoint}").Gives(0).Error;
        Assert.Contains($"{server.LocalEndpoint}: 1 passed, 0 failed", error, StringComparison.Ordinal);
        Assert.StartsWith("GET /old%2F?x HTTP/1.1\r\nHost: a.test\r\nX-A: b\r\n", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_answers_every_test_fails()
    {
        using var session = new Session().With(
            "confgen.yaml",
            "sites:\n  - { host: a.test, respond: ok }\ntests:\n  - { get: \"http://a.test/\", expect: { status: 200 } }\n"
        );
        Assert.Contains(
            "status is none, expected '200'",
            session.Run("test", "--against", "http://127.0.0.1:1").Gives(1).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("invalid URL", session.Run("test", "--against", "a.test").Gives(2).Error, StringComparison.Ordinal);
    }

    private static Session RealSession() => new() { Targets = null, Programs = null };

    private static async Task<string> ResponseOnceAsync(TcpListener server, string response)
    {
        using TcpClient client = await server.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[4096];
        int read = await stream.ReadAsync(buffer);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(response));
        return System.Text.Encoding.ASCII.GetString(buffer, 0, read);
    }
}
