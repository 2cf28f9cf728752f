using Confgen.Compiler.Rendering;
using Confgen.Model.Tunnels;

namespace Confgen.Cli.Building;

/// <summary>What a call of <c>build</c> asks for.</summary>
internal sealed record BuildRequest
{
    /// <summary>The spec as named, or null.</summary>
    public string? Spec { get; init; }

    /// <summary>The targets' names; none for those that the spec speaks of.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The folder to write below, as named.</summary>
    public string Output { get; init; } = "out";

    /// <summary>How the output is cut into files.</summary>
    public Layout Layout { get; init; }

    /// <summary>The side of the tunnels that is asked for; null for each in files of its own.</summary>
    public TunnelSide? Side { get; init; }

    /// <summary>
    /// Whether files that hold the same for every spec are written out where others include them; always so on standard output.
    /// </summary>
    public bool SingleFile { get; init; }

    /// <summary>Whether the configuration goes to standard output instead of files.</summary>
    public bool ToStandardOutput { get; init; }

    /// <summary>Whether to write nothing and tell what differs.</summary>
    public bool Check { get; init; }

    /// <summary>Whether to write nothing and show the differences.</summary>
    public bool Diff { get; init; }

    /// <summary>Whether to replace files that confgen did not write or that were edited since; a copy of each is kept.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to build again whenever a file of the spec changes.</summary>
    public bool Watch { get; init; }

    /// <summary>Whether to ask the real programs too.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether warnings fail the build.</summary>
    public bool Strict { get; init; }

    /// <summary>How diagnostics are written.</summary>
    public string Format { get; init; } = "text";

    /// <summary>The file of known warnings as named, or null.</summary>
    public string? Baseline { get; init; }

    /// <summary>The folder of templates as named, or null.</summary>
    public string? Templates { get; init; }
}
