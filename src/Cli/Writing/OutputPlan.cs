using System.Text;

namespace Confgen.Cli.Writing;

/// <summary>What a build has to do in a target's folder: which files to write and to delete, and which it may not touch.</summary>
internal sealed class OutputPlan
{
    private readonly Manifest _before;
    private readonly Manifest _after;
    private readonly OutputFile _manifestFile;

    private OutputPlan(OutputRoot root, Manifest before, Manifest after, bool holdsSecrets)
    {
        Root = root;
        _before = before;
        _after = after;
        _manifestFile = new OutputFile(root, Manifest.FileName, Encoding.UTF8.GetBytes(after.ToString()), holdsSecrets);
    }

    /// <summary>The target's folder.</summary>
    public OutputRoot Root { get; }

    /// <summary>The files that are not yet as the build wants them.</summary>
    public required IReadOnlyList<(OutputFile File, OutputState State)> Changed { get; init; }

    /// <summary>The files that the same spec gave once and no longer gives.</summary>
    public required IReadOnlyList<OutputFile> Obsolete { get; init; }

    /// <summary>The changed and obsolete files that confgen did not write, or that were edited since.</summary>
    public required IReadOnlyList<(OutputFile File, bool Edited)> Foreign { get; init; }

    /// <summary>How many files are as the build wants them.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Whether there is anything to write or to delete.</summary>
    public bool IsNeeded => Changed.Count > 0 || Obsolete.Count > 0;

    /// <summary>The files that carrying it out replaces or deletes, as they are now.</summary>
    public IReadOnlyList<SavedFile> Save() => [.. Changed.Select(c => c.File).Concat(Obsolete).Append(_manifestFile).Select(SavedFile.Of)];

    /// <summary>Compares what a build wants with what is there.</summary>
    /// <param name="root">The target's folder.</param>
    /// <param name="files">All files that the build wants below it; each of them passed <see cref="OutputFolder.Fault"/>.</param>
    /// <param name="spec">The spec's name in the manifest.</param>
    /// <param name="fault">Why there is no plan.</param>
    public static OutputPlan? Make(OutputRoot root, IReadOnlyList<OutputFile> files, string spec, out string? fault)
    {
        var manifestFile = new OutputFile(root, Manifest.FileName, [], HoldsSecrets: false);
        if ((fault = OutputFolder.Fault(manifestFile)) is not null)
        {
            return null;
        }

        Manifest? before = File.Exists(manifestFile.FullPath)
            ? Manifest.Parse(Encoding.UTF8.GetString(OutputFolder.Read(manifestFile)))
            : Manifest.Empty;
        if (before is null)
        {
            fault = $"'{manifestFile.Shown}' isn't a manifest of confgen";
            return null;
        }

        var wanted = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        OutputFile[] obsolete =
        [
            .. before
                .Entries.Where(e => e.Spec == spec && !wanted.Contains(e.Path) && !before.Shares(e.Path, spec))
                .Select(e => e.Path)
                .Distinct()
                .Select(p => new OutputFile(root, p, [], HoldsSecrets: false))
                .Where(f => OutputFolder.Fault(f) is null && File.Exists(f.FullPath)),
        ];
        (OutputFile File, OutputState State)[] changed =
        [
            .. files.Select(f => (f, OutputFolder.StateOf(f))).Where(f => f.Item2 != OutputState.Same),
        ];
        Manifest after = before.After(spec, files.ToDictionary(f => f.Path, f => Manifest.HashOf(f.Content), StringComparer.Ordinal));
        return new OutputPlan(root, before, after, files.Any(f => f.HoldsSecrets))
        {
            Changed = changed,
            Unchanged = files.Count - changed.Length,
            Obsolete = obsolete,
            Foreign =
            [
                .. changed
                    .Where(c => c.State == OutputState.Differs)
                    .Select(c => c.File)
                    .Concat(obsolete)
                    .Where(f => !before.Wrote(f.Path, Manifest.HashOf(OutputFolder.Read(f))))
                    .Select(f => (f, before.Knows(f.Path))),
            ],
        };
    }

    /// <summary>
    /// Writes and deletes. The manifest is written before as well, with both contents of each file, so that a build that is killed in
    /// between leaves no file that the next one takes for somebody else's.
    /// </summary>
    /// <param name="transaction">How files are written.</param>
    /// <returns>The copies that were made of what confgen had not written.</returns>
    public IReadOnlyList<OutputCopy> CarryOut(OutputTransaction transaction)
    {
        if (IsNeeded)
        {
            transaction.Write([_manifestFile with { Content = Encoding.UTF8.GetBytes(_before.With(_after.Entries).ToString()) }]);
        }

        OutputCopy[] copies = [.. Foreign.Select(f => KeepCopy(f.File))];
        transaction.Write([.. Changed.Select(c => c.File)]);
        foreach (OutputFile file in Obsolete)
        {
            File.Delete(file.FullPath);
        }

        if (OutputFolder.StateOf(_manifestFile) != OutputState.Same)
        {
            transaction.Write([_manifestFile]);
        }

        return copies;
    }

    // A copy has its original's mode, and replaces no earlier one. Its name ends so that no program includes it.
    private static OutputCopy KeepCopy(OutputFile file)
    {
        string suffix = ".bak";
        for (int i = 2; File.Exists(file.FullPath + suffix); i++)
        {
            suffix = string.Create(null, $".bak{i}");
        }

        File.Copy(file.FullPath, file.FullPath + suffix, overwrite: false);
        return new OutputCopy(file, suffix);
    }
}
