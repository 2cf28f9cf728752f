using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// Real programs that check or run a spec leave no trace outside of a private folder: no file, no look-up, no listener that others reach.
/// </summary>
public sealed partial class SandboxTests(ITestOutputHelper output)
{
    private static readonly string? _strace = Find("strace");

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    [InlineData("v2ray")]
    public void Checks_are_confined(string target)
    {
        using Session session = Open();
        Said said = session.Run("build", "-t", target, "--verify", "-o", "out");
        Assert.Contains($"{target}: {target} accepts the configuration", said.Error, StringComparison.Ordinal);
        CheckFolder(session);
        CheckCalls(session, target);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public void Tests_are_confined(string target)
    {
        using Session session = Open();
        session.Run("test", "--on", target).Gives(ExitCode.Good);
        CheckFolder(session);
        CheckCalls(session, target);
    }

    [Fact]
    public void The_built_in_server_opens_no_portal()
    {
        // Who occupies its port sees whether it is wanted.
        using var portal = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        portal.Bind(new IPEndPoint(IPAddress.Any, 0));
        portal.Listen();
        using Session session = Open(((IPEndPoint)portal.LocalEndPoint!).Port);
        session.Run("test", "--on", "serve").Gives(ExitCode.Good);
        CheckFolder(session);
    }

    // Every program runs under strace where it is installed; the port of the spec and that of its portal belong to somebody else.
    private static Session Open(int portal = 1024)
    {
        int port = FreePort.Next();
        Session session = new Session { Targets = null }
            .With("page.html", "x")
            .With(
                "confgen.yaml",
                $$"""
                upstreams:
                  named: { servers: ["http://app.nowhere.invalid:3000", "http://other.nowhere.invalid"] }
                tunnels:
                  home: { secret: "0123456789abcdef0123456789abcdef", portal: { listen: {{portal}}, public: portal.nowhere.invalid }, bridge: { forward: "http://service.nowhere.invalid:80" } }
                sites:
                  - host: a.example.com
                    listen: ["0.0.0.0:{{port}}", "unix:FOLDER/outside.sock"]
                    log: { format: json, output: FOLDER/outside.log }
                    routes:
                      - { path: /, proxy: named, errors: { 502: { file: page.html } } }
                      - { path: /t, proxy: "tunnel:home" }
                      - { path: /f, forward_auth: { url: "http://auth.nowhere.invalid/" }, proxy: "http://third.nowhere.invalid" }
                      - { path: /r, respond: ok }
                tests:
                  - { get: "http://a.example.com:{{port}}/r", expect: { status: 200 } }
                  - { get: "http://a.example.com:{{port}}/t", expect: { status: 200 } }
                """
            );
        session.With("confgen.yaml", session.Read("confgen.yaml").Replace("FOLDER", session.Folder));
        if (_strace is not null)
        {
            foreach (string program in new[] { "nginx", "caddy", "v2ray" })
            {
                session.With(
                    "bin/" + program,
                    $"#!/bin/sh\nexec {_strace} -f -qq -o \"$0.calls\" -e "
                        + $"trace=bind,connect,sendto,openat,open,creat,mkdir,mkdirat,rename,renameat,unlink,unlinkat,symlink,chown,chmod "
                        + $"{Find(program)} \"$@\"\n"
                );
                File.SetUnixFileMode(
                    session.PathOf("bin/" + program),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            }

            session.Variables["PATH"] = session.PathOf("bin") + ":" + session.Variables["PATH"];
        }

        session.Variables["HOME"] = session.PathOf("home");
        return session;
    }

    private static void CheckFolder(Session session)
    {
        string[] allowed = ["confgen.yaml", "page.html", "bin", "out"];
        Assert.Empty(Directory.GetFileSystemEntries(session.Folder).Select(e => Path.GetFileName(e)!).Except(allowed));
    }

    private void CheckCalls(Session session, string program)
    {
        if (!session.Has($"bin/{program}.calls"))
        {
            output.WriteLine("strace is not installed: what the program did outside of the folder was not looked at");
            return;
        }

        string[] calls = File.ReadAllLines(session.PathOf($"bin/{program}.calls"));
        Assert.NotEmpty(calls);
        Assert.DoesNotContain(calls, IsOutside);
    }

    // A call that failed has changed nothing.
    private static bool IsOutside(string call)
    {
        if (call.Contains("= -1 ", StringComparison.Ordinal))
        {
            return false;
        }

        bool isNetwork = call.Contains("sin_addr", StringComparison.Ordinal) || call.Contains("sin6_addr", StringComparison.Ordinal);
        if (isNetwork)
        {
            return !(call.Contains("inet_addr(\"127.", StringComparison.Ordinal) || call.Contains("\"::1\"", StringComparison.Ordinal))
                || call.Contains("htons(53)", StringComparison.Ordinal);
        }

        bool writes = Writes().IsMatch(call);
        return writes
            && Quoted().Match(call).Groups["path"].Value is var path
            && path.Length > 0
            && !path.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)
            && !path.StartsWith("/dev/", StringComparison.Ordinal)
            && path.StartsWith('/');
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(f => Path.Combine(f, program))
            .FirstOrDefault(File.Exists);

    [GeneratedRegex(
        @"O_WRONLY|O_RDWR|O_CREAT|\b(creat|mkdir|mkdirat|rename|renameat|unlink|unlinkat|symlink|chown|chmod)\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Writes();

    [GeneratedRegex("\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
