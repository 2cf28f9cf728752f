namespace Confgen.Cli.Writing;

/// <summary>How a file on disk stands to what a build wants.</summary>
internal enum OutputState
{
    /// <summary>The same bytes; a file with secrets is closed to others.</summary>
    Same,

    /// <summary>Other bytes, or secrets that others may read.</summary>
    Differs,

    /// <summary>Not there.</summary>
    Missing,
}
