namespace Confgen.Files;

/// <summary>A path leads to something that is not a regular file.</summary>
/// <param name="path">The path.</param>
/// <param name="kind">What it leads to.</param>
public sealed class NotRegularFileException(string path, FileKind kind) : IOException($"'{path}' is {kind.Noun()}, not a regular file")
{
    /// <summary>What the path leads to.</summary>
    public FileKind Kind { get; } = kind;
}
