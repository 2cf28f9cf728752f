namespace Confgen.Cli.Writing;

/// <summary>A file as it was before it was replaced or deleted.</summary>
/// <param name="FullPath">Its absolute name.</param>
/// <param name="Content">What was in it; null where there was no file.</param>
/// <param name="Mode">Its permissions; null where there was no file, and on Windows.</param>
internal sealed record SavedFile(string FullPath, byte[]? Content, UnixFileMode? Mode)
{
    /// <summary>A file as it is now.</summary>
    public static SavedFile Of(OutputFile file) =>
        File.Exists(file.FullPath)
            ? new(file.FullPath, OutputFolder.Read(file), OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(file.FullPath))
            : new(file.FullPath, null, null);
}
