using System.Diagnostics;
using Confgen.Cli.Tests.World;
using Confgen.Cli.Verifying;

namespace Confgen.Cli.Tests.Applying;

/// <summary><c>confgen apply</c> on a running nginx.</summary>
public sealed class ApplyToNginxTests
{
    [Fact]
    public void It_changes_over_or_stays_as_it_was()
    {
        if (Executables.Find("nginx", Environment.GetEnvironmentVariable) is not { } nginx)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "nginx is not installed");
            return;
        }

        int port = Confgen.Tests.Ports.FreePort.Next();
        using Session session = new Session { Targets = null }.With("confgen.yaml", SpecOf(port, "one"));
        session.Run("build", "-t", "nginx", "-o", "etc").Gives(0);
        string main = session.PathOf("etc/nginx/nginx.conf");
        string settings = $"pid {session.Folder}/nginx.pid;";
        using Process running = Process.Start(
            new ProcessStartInfo(nginx, ["-e", "stderr", "-p", session.Folder, "-c", main, "-g", "daemon off; " + settings])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        try
        {
            Until.True(() => Test(session, port).Code == 0, () => "nginx did not start: " + Test(session, port).Error);

            // The new spec's tests pass on it.
            string reload = $"{nginx} -e stderr -p {session.Folder} -c {main} -g '{settings}' -s reload";
            session.With("confgen.yaml", SpecOf(port, "two"));
            Assert.Contains("the spec's tests pass on", Apply(session, port, reload).Gives(0).Error, StringComparison.Ordinal);
            Test(session, port).Gives(0);

            // nginx refuses what stands in a file of somebody else; the former one serves on.
            session.With("confgen.yaml", SpecOf(port, "three"));
            Said said = Apply(session, port, $"grep -q three {main} && echo 'no_such_directive on;' >>{main}; {reload}");
            Assert.Contains("no_such_directive", said.Gives(4).Error, StringComparison.Ordinal);
            session.With("confgen.yaml", SpecOf(port, "two"));
            Test(session, port).Gives(0);
            session.Run("build", "-t", "nginx", "-o", "etc", "--check").Gives(0);

            // It takes the files and does something else.
            session.With("confgen.yaml", SpecOf(port, "four"));
            said = Apply(session, port, $"sed -i s/four/five/ {main}; {reload}", "--wait", "1s");
            Assert.Contains("the spec's tests fail on it", said.Gives(4).Error, StringComparison.Ordinal);
            session.With("confgen.yaml", SpecOf(port, "two"));
            Until.True(() => Test(session, port).Code == 0, () => Test(session, port).Error);
        }
        finally
        {
            running.Kill(entireProcessTree: true);
            running.WaitForExit();
        }
    }

    private static Said Apply(Session session, int port, string reload, params string[] more) =>
        session.Run(["apply", "-t", "nginx", "-o", "etc", "--against", $"http://127.0.0.1:{port}", "--reload", reload, .. more]);

    private static Said Test(Session session, int port) => session.Run("test", "--against", $"http://127.0.0.1:{port}");

    private static string SpecOf(int port, string name) =>
        $$"""
            sites:
              - host: a.example.com
                listen: {{port}}
                log: off
                routes:
                  - { path: /, respond: {{name}}, headers: { response: { set: { X-Name: {{name}} } } } }
            tests:
              - { get: "http://a.example.com:{{port}}/", expect: { status: 200, headers: { X-Name: {{name}} } } }

            """;
}
