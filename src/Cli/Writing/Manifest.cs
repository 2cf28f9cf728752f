using System.Security.Cryptography;
using System.Text;

namespace Confgen.Cli.Writing;

/// <summary>
/// What confgen wrote below a folder, from which spec, and with which content: a text file of lines <c>SHA-256, spec, path</c>, separated
/// by tabs. It tells files that are confgen's from those that are not, or that somebody edited since.
/// </summary>
internal sealed class Manifest
{
    /// <summary>Its file's name.</summary>
    public const string FileName = ".confgen-manifest";

    private const string Head =
        "# What confgen wrote here: SHA-256, spec, path. Without this file confgen replaces nothing here unless --force is given.\n";

    private readonly HashSet<ManifestEntry> _entries;

    private Manifest(IEnumerable<ManifestEntry> entries) => _entries = [.. entries];

    /// <summary>A manifest of nothing.</summary>
    public static Manifest Empty => new([]);

    /// <summary>The entries, by path.</summary>
    public IEnumerable<ManifestEntry> Entries =>
        _entries
            .OrderBy(e => e.Path, StringComparer.Ordinal)
            .ThenBy(e => e.Hash, StringComparer.Ordinal)
            .ThenBy(e => e.Spec, StringComparer.Ordinal);

    /// <summary>Reads a manifest's text; null where it is none.</summary>
    public static Manifest? Parse(string text)
    {
        var entries = new List<ManifestEntry>();
        foreach (string line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.TrimEnd('\r').Split('\t') is not [{ Length: 64 } hash, var spec, var path])
            {
                return null;
            }

            entries.Add(new ManifestEntry(hash, Uri.UnescapeDataString(spec), Uri.UnescapeDataString(path)));
        }

        return new Manifest(entries);
    }

    /// <summary>The SHA-256 of a content, in lower case.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether confgen wrote this content to this path.</summary>
    public bool Wrote(string path, string hash) => _entries.Any(e => e.Path == path && e.Hash == hash);

    /// <summary>Whether confgen wrote anything to this path.</summary>
    public bool Knows(string path) => _entries.Any(e => e.Path == path);

    /// <summary>The same with more entries.</summary>
    public Manifest With(IEnumerable<ManifestEntry> more) => new([.. _entries, .. more]);

    /// <summary>Whether another spec wrote this path, too: it is no longer one spec's to remove.</summary>
    public bool Shares(string path, string spec) => _entries.Any(e => e.Path == path && e.Spec != spec);

    /// <summary>
    /// The same with what a spec writes now, in place of what it wrote. Another spec's entry of a path stays where both write the same.
    /// </summary>
    public Manifest After(string spec, IReadOnlyDictionary<string, string> hashes) =>
        new([
            .. _entries.Where(e => e.Spec != spec && (!hashes.TryGetValue(e.Path, out string? hash) || hash == e.Hash)),
            .. hashes.Select(file => new ManifestEntry(file.Value, spec, file.Key)),
        ]);

    /// <summary>The text of the file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Head);
        foreach (ManifestEntry entry in Entries)
        {
            text.Append(entry.Hash).Append('\t').Append(Escape(entry.Spec)).Append('\t').Append(Escape(entry.Path)).Append('\n');
        }

        return text.ToString();
    }

    // Names are shown as they are, but for what would break a line.
    private static string Escape(string name) =>
        string.Concat(name.Select(c => c == '%' || char.IsControl(c) ? Uri.HexEscape(c < 256 ? c : '_') : c.ToString()));
}
