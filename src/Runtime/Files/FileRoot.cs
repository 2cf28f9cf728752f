using System.Globalization;
using Confgen.Files;

namespace Confgen.Runtime.Files;

/// <summary>The directory that files are served from. Nothing outside it is opened, by whatever spelling or link.</summary>
internal sealed class FileRoot(string root)
{
    private readonly string _root = Path.GetFullPath(root);

    /// <summary>Whether the path is a regular file; nothing else is ever sent.</summary>
    public bool IsFile(string path) => !path.EndsWith('/') && NameOf(path) is { } name && RegularFile.Exists(name);

    /// <summary>Whether the path is a directory.</summary>
    public bool IsDirectory(string path) => NameOf(path) is { } name && Directory.Exists(name);

    /// <summary>Whether a file that is there is none of the root's: a link on its way leads out.</summary>
    public bool LeadsOutside(string path) => NameOf(path) is not { } name || !IsInside(Resolve(name));

    /// <summary>
    /// The first entries of a directory, directories with a slash; hidden ones are left out. Null where it can't be read, as one that is
    /// gone.
    /// </summary>
    /// <exception cref="NoDescriptorsException">The process has as many files open as it may.</exception>
    public IReadOnlyList<string>? List(string path, int most)
    {
        if (NameOf(path) is not { } name)
        {
            return null;
        }

        try
        {
            return !IsInside(Resolve(name))
                ? []
                :
                [
                    .. new DirectoryInfo(name)
                        .EnumerateFileSystemInfos()
                        .Where(e => !e.Name.StartsWith('.'))
                        .Take(most)
                        .Select(e => e is DirectoryInfo ? e.Name + "/" : e.Name)
                        .Order(StringComparer.Ordinal),
                ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Descriptors.AreShort() ? throw new NoDescriptorsException(e.Message) : null;
        }
    }

    /// <summary>Opens a file; null where it can't be, or lies outside.</summary>
    /// <exception cref="NoDescriptorsException">The process has as many files open as it may.</exception>
    public FileStream? Open(string path)
    {
        if (NameOf(path) is not { } name)
        {
            return null;
        }

        try
        {
            FileStream file = RegularFile.Open(name);
            if (Descriptors.AreShort(file.SafeFileHandle))
            {
                file.Dispose();
                throw new NoDescriptorsException("too few descriptors are left");
            }

            // Where it really is is asked of the file that was opened: a link can't be exchanged in between.
            string descriptor = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}");
            string real = OperatingSystem.IsLinux() && new FileInfo(descriptor).LinkTarget is { } target ? target : Resolve(name);
            if (IsInside(real))
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException and not NoDescriptorsException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? NameOf(string path) =>
        path.Contains('\0', StringComparison.Ordinal)
        || path.Split('/').Contains("..")
        || (OperatingSystem.IsWindows() && path.AsSpan().ContainsAny('\\', ':'))
            ? null
            : _root.TrimEnd('/') + "/" + path.TrimStart('/');

    private bool IsInside(string real)
    {
        string home = Resolve(_root);
        return real == home || real.StartsWith(home.TrimEnd('/') + "/", StringComparison.Ordinal);
    }

    // Every link on the way is followed.
    private static string Resolve(string path)
    {
        string real = Path.GetPathRoot(path) ?? "/";
        foreach (string part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            FileSystemInfo entry = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
            real = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target ? Resolve(target) : real;
        }

        return real;
    }
}
