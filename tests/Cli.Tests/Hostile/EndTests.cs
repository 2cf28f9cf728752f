using System.Diagnostics;
using Confgen.Cli.Tests.Serving;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>One SIGTERM ends every verb, whatever it waits for.</summary>
public sealed class EndTests
{
    [Theory]
    [InlineData("validate", "-")]
    [InlineData("build", "-t", "nginx", "-")]
    [InlineData("explain", "http://a.example.com/", "-")]
    [InlineData("test", "-")]
    [InlineData("fmt", "-")]
    [InlineData("serve", "-")]
    public async Task A_verb_that_waits_for_standard_input(params string[] call)
    {
        using var session = new Session();
        using Process process = Installed.Start(session.Folder, call);
        try
        {
            // A part of a spec: that it was taken says that the verb runs.
            await process.StandardInput.WriteAsync("sites:\n");
            await process.StandardInput.FlushAsync();
            await Until.TrueAsync(() => Handles(process.Id), () => "it never listened to signals");

            await Tool.RunAsync("kill", "-TERM", $"{process.Id}");

            // Two seconds are promised; a loaded machine gets some more, and who waits for ever is found all the same.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await process.WaitForExitAsync(limit.Token);
            Assert.NotEqual(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public void The_time_is_counted_once_and_a_verb_may_ask_for_more()
    {
        using var ended = new ManualResetEventSlim();
        int code = -1;
        var deadline = new EndDeadline(c => { code = c; ended.Set(); });
        deadline.Extend(TimeSpan.FromMilliseconds(1));

        long start = TimeProvider.System.GetTimestamp();
        deadline.Begin();
        deadline.Begin();

        Assert.True(ended.Wait(TimeSpan.FromSeconds(60)));
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(1.4));
    }

    // SIGTERM is bit 14 of the signals that a process handles itself (proc(5), SigCgt).
    private static bool Handles(int id) => File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("SigCgt:", StringComparison.Ordinal)) is { } line
        && (Convert.ToUInt64(line[7..].Trim(), 16) & (1UL << 14)) != 0;
}
