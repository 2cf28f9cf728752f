namespace Confgen.Cli;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Good = 0;

    /// <summary>The spec is wrong, or one of its tests fails.</summary>
    public const int BadSpec = 1;

    /// <summary>The call is wrong: an option, a name, a file that can't be read or written.</summary>
    public const int BadCall = 2;

    /// <summary><c>--check</c> found a difference.</summary>
    public const int Differs = 3;

    /// <summary><c>apply</c> wrote files, the program did not take them or fails the spec's tests, and the former files are back.</summary>
    public const int PutBack = 4;

    /// <summary>A bug of confgen, as <c>EX_SOFTWARE</c> of sysexits.h.</summary>
    public const int InternalError = 70;

    /// <summary>Ended by a signal, as shells report SIGINT.</summary>
    public const int Interrupted = 130;
}
