using Confgen.Files;

namespace Confgen.Cli.Writing;

/// <summary>Looks at what is on disk where a build wants to write.</summary>
internal static class OutputFolder
{
    // Ten times what 5,000 sites take.
    private const int LargestFile = 256 * 1024 * 1024;

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Why a file may not be written; null where it may. Below the folder that the caller named, a symbolic link is refused: whoever could
    /// plant one would choose what this process overwrites. The named folder itself may be one.
    /// </summary>
    public static string? Fault(OutputFile file)
    {
        string path = file.Root.FullPath;
        if (RegularFile.KindOf(path) is not (FileKind.Directory or FileKind.Missing) and var kind)
        {
            return $"'{file.Root.Shown}' is {kind.Noun()}, not a folder";
        }

        foreach (string part in file.Path.Split('/', Path.DirectorySeparatorChar))
        {
            if (part is "" or "." or "..")
            {
                return $"'{file.Path}' leaves the output's folder";
            }

            path = Path.Combine(path, part);
            string shown = Path.Combine(file.Root.Shown, Path.GetRelativePath(file.Root.FullPath, path));
            if (new FileInfo(path).LinkTarget is { } target)
            {
                return $"'{shown}' is a symbolic link to '{target}'";
            }

            FileKind wanted = path.Length == file.FullPath.Length ? FileKind.Regular : FileKind.Directory;
            FileKind there = RegularFile.KindOf(path);
            if (there != wanted && there != FileKind.Missing)
            {
                return $"'{shown}' is {there.Noun()} where {wanted.Noun()} must go";
            }

            if (wanted == FileKind.Regular && there == wanted && new FileInfo(path).Length > LargestFile)
            {
                return $"'{shown}' is larger than {LargestFile / 1024 / 1024} MiB, so it isn't an output of confgen";
            }
        }

        return null;
    }

    /// <summary>The bytes on disk of a file that passed <see cref="Fault"/>.</summary>
    public static byte[] Read(OutputFile file) => RegularFile.ReadBytes(file.FullPath, LargestFile);

    /// <summary>How the file on disk stands to what is wanted.</summary>
    public static OutputState StateOf(OutputFile file)
    {
        var info = new FileInfo(file.FullPath);
        return !info.Exists ? OutputState.Missing
            : info.Length == file.Content.Length
            && Read(file).AsSpan().SequenceEqual(file.Content)
            && !(file.HoldsSecrets && IsOpen(file.FullPath))
                ? OutputState.Same
            : OutputState.Differs;
    }

    /// <summary>
    /// The mode for a new version of a file: closed for secrets, but for the group that a folder gives to all of its files (setgid); else
    /// the one that the old version has; null for the usual one.
    /// </summary>
    public static UnixFileMode? ModeOf(OutputFile file) =>
        OperatingSystem.IsWindows() ? null
        : file.HoldsSecrets ? (IsClosed(file) ? Owner : Owner | UnixFileMode.GroupRead)
        : File.Exists(file.FullPath) ? File.GetUnixFileMode(file.FullPath)
        : null;

    /// <summary>Whether its owner alone may read the file that is written.</summary>
    public static bool IsClosed(OutputFile file) =>
        file.HoldsSecrets
        && !OperatingSystem.IsWindows()
        && !(
            Path.GetDirectoryName(file.FullPath) is { } folder
            && Directory.Exists(folder)
            && File.GetUnixFileMode(folder).HasFlag(UnixFileMode.SetGroup)
        );

    /// <summary>Whether the file on disk is closed to everybody else, as one with secrets is.</summary>
    public static bool IsForOwnerAlone(OutputFile file) => !OperatingSystem.IsWindows() && !IsOpen(file.FullPath);

    private static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
}
