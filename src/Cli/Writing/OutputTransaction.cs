namespace Confgen.Cli.Writing;

/// <summary>
/// Writes all files of a build or none: (1) every new version is written beside its place and forced to disk, (2) each is renamed over the
/// old one, which the system does at once. A fault in (1) leaves everything as it was; one in (2) puts back what was replaced. A kill at
/// any moment leaves each file whole, old or new, and at most stray new versions, which a later build clears away.
/// </summary>
/// <param name="clock">Tells how old a stray version is.</param>
/// <param name="rename">Renames a file over another; replaceable, because real disks seldom fail when a test wants them to.</param>
internal sealed class OutputTransaction(TimeProvider clock, Action<string, string> rename)
{
    private const string Suffix = ".confgen-new";

    // No write takes this long, so a version that is older belongs to nobody.
    private static readonly TimeSpan _abandoned = TimeSpan.FromMinutes(10);

    public OutputTransaction(TimeProvider clock)
        : this(clock, (from, to) => File.Move(from, to, overwrite: true)) { }

    /// <summary>Writes the files; each of them passed <see cref="OutputFolder.Fault"/>.</summary>
    public void Write(IReadOnlyList<OutputFile> files)
    {
        var made = new List<string>();
        var staged = new List<(OutputFile File, string Path)>();
        OutputFile? last = null;
        try
        {
            foreach (OutputFile file in files)
            {
                last = file;
                Prepare(Path.GetDirectoryName(file.FullPath) ?? file.Root.FullPath, made);
                string path = StagingName(file.FullPath);
                staged.Add((file, path));
                Stage(path, file.Content, OutputFolder.ModeOf(file));
            }

            Replace(staged);
        }
        catch (Exception e)
        {
            staged.Where(s => File.Exists(s.Path)).ToList().ForEach(s => File.Delete(s.Path));
            foreach (string folder in made.AsEnumerable().Reverse().Where(d => !Directory.EnumerateFileSystemEntries(d).Any()))
            {
                Directory.Delete(folder);
            }

            if (e is UnauthorizedAccessException or IOException && last is not null)
            {
                (OutputFile File, string Path) named = staged.Find(s => e.Message.Contains(s.Path, StringComparison.Ordinal));
                throw new IOException($"can't write '{(named.File ?? last).Shown}': {Reason(e, staged)}", e);
            }

            throw;
        }
    }

    /// <summary>Makes files what they were; those that were not there are deleted.</summary>
    public void PutBack(IEnumerable<SavedFile> files)
    {
        foreach (SavedFile file in files)
        {
            if (file.Content is null)
            {
                File.Delete(file.FullPath);
                continue;
            }

            string back = StagingName(file.FullPath);
            Stage(back, file.Content, file.Mode);
            rename(back, file.FullPath);
        }
    }

    // The platform names the version that is staged; the caller knows the file alone.
    private static string Reason(Exception e, List<(OutputFile File, string Path)> staged) =>
        e switch
        {
            UnauthorizedAccessException => "permission denied",
            DirectoryNotFoundException or FileNotFoundException => "its folder can't be made",
            _ => staged.Aggregate(e.Message, (text, s) => text.Replace(s.Path, s.File.Shown, StringComparison.Ordinal)),
        };

    private void Replace(IReadOnlyList<(OutputFile File, string Path)> staged)
    {
        var replaced = new List<SavedFile>();
        try
        {
            foreach ((OutputFile file, string path) in staged)
            {
                SavedFile before = SavedFile.Of(file);
                rename(path, file.FullPath);
                replaced.Add(before);
            }
        }
        catch (Exception)
        {
            PutBack(replaced);
            throw;
        }
    }

    private static void Stage(string path, byte[] content, UnixFileMode? mode)
    {
        // CreateNew follows no link, and the mode holds from the first byte on.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (mode is { } first && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = first;
        }

        using var stream = new FileStream(path, options);
        if (mode is { } exact && !OperatingSystem.IsWindows())
        {
            // The umask took bits away that the old version may have.
            File.SetUnixFileMode(stream.SafeFileHandle, exact);
        }

        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    private void Prepare(string folder, List<string> made)
    {
        if (Directory.Exists(folder))
        {
            foreach (
                string stray in Directory
                    .EnumerateFiles(folder, ".*" + Suffix)
                    .Where(f => clock.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(f) > _abandoned)
            )
            {
                File.Delete(stray);
            }

            return;
        }

        if (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent))
        {
            Prepare(parent, made);
        }

        Directory.CreateDirectory(folder);
        made.Add(folder);
    }

    private static string StagingName(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{Suffix}");
}
