using Confgen.Compiler.Files;

namespace Confgen.Cli.Building;

/// <summary>
/// Runs an action again whenever a file that it looked at changes. It compares sizes and times a few times a second rather than asking
/// the system for events: those get lost on network and container file systems, and in editors' renames.
/// </summary>
internal sealed class WatchLoop(CliEnvironment surroundings)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs until the process is asked to stop.</summary>
    public int Run(Func<IFileSystem, int> action)
    {
        while (true)
        {
            var seen = new ChangeTrackingFiles(surroundings.Files);
            action(seen);
            surroundings.Error.WriteLine("watching; Ctrl-C ends");
            surroundings.Out.Flush();
            while (!seen.HaveChanged())
            {
                if (Wait())
                {
                    return ExitCode.Good;
                }
            }

            // An editor may still be writing: wait for the first quiet moment.
            for (ChangeTrackingFiles now = seen; now.HaveChanged(); now = now.Again())
            {
                if (Wait())
                {
                    return ExitCode.Good;
                }
            }
        }
    }

    // Without a timer: its callback waits for a thread of the pool, which may be busy.
    private bool Wait() => surroundings.Stopping.WaitHandle.WaitOne(_pause);
}
