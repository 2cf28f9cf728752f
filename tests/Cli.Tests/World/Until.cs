namespace Confgen.Cli.Tests.World;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Until
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static void True(Func<bool> condition, Func<string> story)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < _patience, story());
            Thread.Sleep(20);
        }
    }

    public static async Task TrueAsync(Func<bool> condition, Func<string> story)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < _patience, story());
            await Task.Delay(20);
        }
    }
}
