using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Targets;

namespace Confgen.Cli;

/// <summary>What a command sees of the world: handed in, so that a test can bring its own.</summary>
internal sealed class CliEnvironment
{
    /// <summary>Standard output: what a verb was asked for, as a generated configuration, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error: diagnostics and everything said to a person.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> Input { get; init; }

    /// <summary>Whether a person can be asked.</summary>
    public required Lazy<bool> InputIsTerminal { get; init; }

    /// <summary>What is known of the terminal behind <see cref="Out"/>.</summary>
    public required Terminal OutTerminal { get; init; }

    /// <summary>What is known of the terminal behind <see cref="Error"/>.</summary>
    public required Terminal ErrorTerminal { get; init; }

    /// <summary>A variable of the environment, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The absolute name of the current folder.</summary>
    public required string Directory { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Set when the user or the system asks the process to end.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>How long that may take.</summary>
    public EndDeadline Deadline { get; init; } = new(_ => { });

    /// <summary>Whether the caller wants to hear of errors and warnings alone (<c>--quiet</c>).</summary>
    public bool IsQuiet { get; set; }

    /// <summary>What ended the command, or parts of it, for formats that hold everything in one document.</summary>
    public List<Diagnostic> Complaints { get; } = [];

    /// <summary>The targets that there are.</summary>
    public Func<IReadOnlyList<ITarget>> Targets { get; init; } = () => TargetCatalogue.All;

    /// <summary>The real programs that can be asked about an output.</summary>
    public Func<IReadOnlyList<ITargetProgram>> Programs { get; init; } = () => ProgramCatalogue.All;

    /// <summary>The files, with relative names meant from <see cref="Directory"/>.</summary>
    public IFileSystem Files => new DiskFileSystem(Directory);

    /// <summary>The absolute form of a name given on the command line.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Directory);
}
