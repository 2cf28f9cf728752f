using System.ComponentModel;
using System.Diagnostics;
using System.IO.Enumeration;
using System.Text;
using Confgen.Compiler.Files;
using Confgen.Files;

namespace Confgen.Cli.Diffing;

/// <summary>
/// The files of this machine, with those of a git repository as they were at a revision. What stands outside of the repository, as
/// certificates under <c>/etc</c>, is read where it is.
/// </summary>
internal sealed class GitRevision : IFileSystem
{
    private const int MostLinks = 8;
    private const string SymbolicLink = "120000";

    private readonly IFileSystem _disk;
    private readonly string _root;
    private readonly Dictionary<string, (string Mode, string Blob)> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    private GitRevision(IFileSystem disk, string root) => (_disk, _root) = (disk, root);

    /// <summary>
    /// The files at a revision; null where there is no repository, no such revision or no git, which <paramref name="fault"/> says.
    /// </summary>
    /// <param name="disk">The files of this machine.</param>
    /// <param name="folder">A folder within the repository.</param>
    /// <param name="revision">A revision, as git takes it: <c>main</c>, <c>HEAD~1</c>, <c>v1.2</c>.</param>
    /// <param name="fault">What is wrong.</param>
    public static GitRevision? Open(IFileSystem disk, string folder, string revision, out string fault)
    {
        fault = "";
        if (Run(folder, ["rev-parse", "--show-toplevel"], out string? trouble) is not { } top)
        {
            fault = trouble ?? $"'{folder}' is in no git repository";
            return null;
        }

        string root = Text(top).TrimEnd('\n');
        if (
            revision.StartsWith('-')
            || Run(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], out _) is not { } commit
            || Run(root, ["ls-tree", "-r", "-z", "--full-tree", Text(commit).Trim()], out _) is not { } tree
        )
        {
            fault = $"there is no revision '{revision}' in {root}";
            return null;
        }

        var files = new GitRevision(disk, root);
        foreach (string line in Text(tree).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // <mode> SP <type> SP <object> TAB <file>
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            string[] head = line[..tab].Split(' ');
            files.Add(line[(tab + 1)..], head[0], head[2]);
        }

        return files;
    }

    /// <summary>
    /// The file's name from the current folder, for <c>REV:NAME</c>: as git takes it, from the repository's root unless it starts with a
    /// dot; or else from here.
    /// </summary>
    public string? Find(string name)
    {
        string fromRoot = Path.Combine(_root, name);
        string? full =
            !name.StartsWith('.') && FileExists(fromRoot) ? fromRoot
            : FileExists(name) ? FullPath(name)
            : null;
        return full is null ? null : Path.GetRelativePath(FullPath("."), full);
    }

    /// <inheritdoc/>
    public string FullPath(string path) => _disk.FullPath(path);

    /// <inheritdoc/>
    public string? RealPath(string path) => Inside(path) is null ? _disk.RealPath(path) : FullPath(path);

    /// <inheritdoc/>
    public Stream Open(string path) =>
        Inside(path) switch
        {
            null => _disk.Open(path),
            var inside when Resolve(inside) is { } blob => new MemoryStream(
                Run(_root, ["cat-file", "blob", blob], out string? trouble) ?? throw new IOException(trouble ?? "git can't read " + path)
            ),
            _ => throw new FileNotFoundException($"there is no file '{path}' at this revision"),
        };

    /// <inheritdoc/>
    public bool FileExists(string path) => Inside(path) is { } inside ? Resolve(inside) is not null : _disk.FileExists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) =>
        Inside(path) is { } inside ? inside.Length == 0 || _folders.Contains(inside) : _disk.DirectoryExists(path);

    /// <inheritdoc/>
    public FileKind KindOf(string path) =>
        Inside(path) is null ? _disk.KindOf(path)
        : FileExists(path) ? FileKind.Regular
        : DirectoryExists(path) ? FileKind.Directory
        : FileKind.Missing;

    /// <inheritdoc/>
    public IReadOnlyList<string> Find(string directory, string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) ?? "";
        bool recursive = folder.EndsWith("**", StringComparison.Ordinal);
        folder = recursive ? Path.GetDirectoryName(folder) ?? "" : folder;
        string root = Path.Combine(directory, folder);
        if (Inside(root) is not { } inside)
        {
            return _disk.Find(directory, pattern);
        }

        string start = inside.Length == 0 ? "" : inside + "/";
        string name = Path.GetFileName(pattern);
        return
        [
            .. _files
                .Keys.Where(f => f.StartsWith(start, StringComparison.Ordinal))
                .Select(f => f[start.Length..])
                .Where(f =>
                    (recursive || !f.Contains('/', StringComparison.Ordinal))
                    && FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(f), ignoreCase: false)
                )
                .Select(f => Path.Combine(root, f))
                .Order(StringComparer.Ordinal),
        ];
    }

    private void Add(string file, string mode, string blob)
    {
        _files[file] = (mode, blob);
        for (
            string? folder = Path.GetDirectoryName(file);
            !string.IsNullOrEmpty(folder) && _folders.Add(folder);
            folder = Path.GetDirectoryName(folder)
        ) { }
    }

    // The name from the root, or null where it is outside of the repository.
    private string? Inside(string path)
    {
        string relative = Path.GetRelativePath(_root, FullPath(path));
        return relative == "." ? ""
            : relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? null
            : relative;
    }

    private string? Resolve(string file)
    {
        for (int links = 0; links < MostLinks && _files.TryGetValue(file, out (string Mode, string Blob) found); links++)
        {
            if (found.Mode != SymbolicLink)
            {
                return found.Blob;
            }

            string target = Text(Run(_root, ["cat-file", "blob", found.Blob], out _) ?? []);
            file = Path.GetRelativePath(_root, Path.GetFullPath(Path.Combine(_root, Path.GetDirectoryName(file) ?? "", target)));
        }

        return null;
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    // What git writes; null where it fails. Hooks and helpers of the repository are never run by these commands.
    private static byte[]? Run(string folder, string[] arguments, out string? trouble)
    {
        trouble = null;
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in new[] { "--no-optional-locks", "-c", "core.fsmonitor=false" }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process git = Process.Start(start) ?? throw new IOException("git did not start");
            git.StandardInput.Close();
            Task<string> error = git.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            git.StandardOutput.BaseStream.CopyTo(output);
            git.WaitForExit();
            trouble = error.Result.Trim() is { Length: > 0 } said ? said.Split('\n')[0] : null;
            return git.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (Win32Exception)
        {
            trouble = "git is not installed, so that no revision can be read";
            return null;
        }
    }
}
