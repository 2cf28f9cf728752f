namespace Confgen.Compiler.Rendering;

/// <summary>A call of a real program.</summary>
/// <param name="Arguments">Its arguments.</param>
public sealed record ProgramCall(IReadOnlyList<string> Arguments)
{
    /// <summary>Variables of the environment that it needs beside the caller's own.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The call that follows, where the program takes one file at a time; null after the last.</summary>
    public ProgramCall? Next { get; init; }

    /// <summary>Files that it needs beside the rendered ones, as a frame around files to include.</summary>
    public IReadOnlyList<RenderedFile> Files { get; init; } = [];
}
