using Confgen.Files;

namespace Confgen.Runtime.Acme;

/// <summary>What one process does at a time, of all that share a folder.</summary>
internal static class AcmeLock
{
    /// <summary>Waits for a lock; it is held until the stream is closed, or the process ends.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pause">Between two attempts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<FileStream> TakeAsync(string path, TimeSpan pause, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (SecretFile.TryLock(path) is { } held)
            {
                return held;
            }

            await Task.Delay(pause, time, cancellation);
        }
    }
}
