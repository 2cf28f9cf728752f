using Confgen.Cli.Tests.Serving;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>What stands where <c>confgen serve</c> expects a file when it starts, and what comes to stand there while it runs.</summary>
public sealed class ServedFileTests
{
    private const string Spec = """
        include: [more.yaml]
        sites:
          - host: _
            listen: ["127.0.0.1:PORT"]
            routes:
              - { path: /, respond: first }
              - { path: /page, respond: { status: 500 } }

        """;

    public static TheoryData<string> Kinds => [.. OddFile.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task At_the_start(string kind)
    {
        // 1. An include, 2. a certificate, which only serving opens.
        foreach (
            string spec in new[]
            {
                Spec,
                Spec.Replace("include: [more.yaml]", "")
                    .Replace("    listen:", "    tls: { cert: FOLDER/more.yaml, key: FOLDER/more.yaml }\n    listen:"),
            }
        )
        {
            using var session = new Session();
            OddFile.Make(kind, session.PathOf("more.yaml"));
            await using ServeProcess served = ServeProcess.Start(session, "confgen.yaml", spec.Replace("FOLDER", session.Folder));

            // An empty file, as one is that root alone can read or a null device, is a good include.
            await Until.TrueAsync(
                () => served.HasExited || served.Said.Contains("confgen: serving", StringComparison.Ordinal),
                () => served.Said
            );

            Assert.True(served.HasExited || kind == "unreadable", served.Said);
        }
    }

    [Fact]
    public async Task While_it_runs()
    {
        using var session = new Session();
        session.With("more.yaml", "sites: []\n");
        await using ServeProcess served = ServeProcess.Start(session, "confgen.yaml", Spec);
        await served.SaysAsync("confgen: serving");
        using var client = new HttpClient();
        int reloads = 0;
        foreach (string kind in OddFile.Kinds.Except(["folder", "unreadable"]))
        {
            OddFile.Make(kind, session.PathOf("fresh"));
            if (File.Exists(session.PathOf("fresh")) || new FileInfo(session.PathOf("fresh")).LinkTarget is not null)
            {
                File.Move(session.PathOf("fresh"), session.PathOf("more.yaml"), overwrite: true);
            }
            else
            {
                File.Delete(session.PathOf("more.yaml"));
            }

            await served.SignalAsync("HUP");
            await served.SaysAsync("still serving confgen.yaml as it was", times: ++reloads);
            Assert.Equal("first", await client.GetStringAsync($"http://127.0.0.1:{served.Port}/"));
        }

        // It still takes what is good.
        File.Delete(session.PathOf("more.yaml"));
        session.With("more.yaml", "sites: []\n");
        served.Write(Spec.Replace("first", "second"));
        await Until.TrueAsync(() => client.GetStringAsync($"http://127.0.0.1:{served.Port}/").Result == "second", () => served.Said);
        await served.SignalAsync("TERM");
        Assert.Equal(0, await served.EndAsync());
    }
}
