namespace Confgen.Compiler.Rendering;

/// <summary>
/// The real program of a target, where it can be asked whether it takes a configuration. Found by its type, as targets are.
/// </summary>
public interface ITargetProgram
{
    /// <summary>The target's name.</summary>
    string Target { get; }

    /// <summary>The executable's name, as <c>nginx</c>; it is looked for in <c>PATH</c> and where system programs are installed.</summary>
    string Executable { get; }

    /// <summary>
    /// The shell command with which a service of the program's usual name takes new files, and which fails where it doesn't; null where
    /// there is none.
    /// </summary>
    string? Reload => null;

    /// <summary>The call that says its release; the first number with a dot in what it writes is taken.</summary>
    /// <param name="folder">The absolute name of a private folder; the call may write to it.</param>
    ProgramCall SayVersion(string folder) => new(["--version"]);

    /// <summary>The call that checks rendered files, or null where this layout can't be checked by itself.</summary>
    /// <param name="folder">The absolute name of a private folder that holds the files; the call may write to it.</param>
    /// <param name="files">The files as rendered.</param>
    /// <param name="layout">How they were cut.</param>
    ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout);

    /// <summary>What the program found wrong, read from everything that it wrote.</summary>
    /// <param name="output">Its standard output and error.</param>
    /// <param name="failed">Whether its exit code says that it refuses the configuration.</param>
    IReadOnlyList<ProgramComplaint> Read(string output, bool failed);
}
