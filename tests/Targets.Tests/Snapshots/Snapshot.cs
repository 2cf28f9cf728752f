using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>
/// Compares texts with the files kept for them, named as Verify names them: <c>nginx.verified.conf</c> is what is expected, and where a
/// text differs it is left as <c>nginx.received.conf</c> beside it. An empty received file says that there is no such text any more.
/// </summary>
internal static class Snapshot
{
    private const string Accept = "scripts/accept-snapshots";

    /// <summary>Compares the texts, by their file names, with all that is kept in the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="texts">What there is now.</param>
    /// <param name="recursive">Whether the folders below belong to it.</param>
    /// <returns>The differences, or an empty text.</returns>
    public static string Compare(string folder, IReadOnlyDictionary<string, string> texts, bool recursive)
    {
        var depth = recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        if (Directory.Exists(folder))
        {
            foreach (string old in Directory.GetFiles(folder, "*.received.*", depth))
            {
                File.Delete(old);
            }
        }

        var differences = new StringBuilder();
        foreach ((string name, string text) in texts)
        {
            string verified = Path.Combine(folder, Named(name, "verified"));
            string? expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
            if (expected != text)
            {
                Receive(folder, name, text);
                differences.Append(Difference(verified, expected, text));
            }
        }

        foreach (string verified in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.verified.*", depth) : [])
        {
            string name = Path.GetRelativePath(folder, verified).Replace('\\', '/');
            if (!texts.Keys.Any(n => Named(n, "verified") == name))
            {
                string received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
                File.WriteAllText(received, "");
                differences.Append(Shown(verified)).Append(": nothing of that name is rendered any more\n");
            }
        }

        return differences.Length == 0 ? "" : $"{differences}\nIf this is right: {Accept} {Shown(folder)}\n";
    }

    /// <summary><c>nginx.conf</c> as <c>nginx.verified.conf</c>, <c>Caddyfile</c> as <c>Caddyfile.verified.txt</c>.</summary>
    public static string Named(string name, string word)
    {
        string extension = Path.GetExtension(name);
        return extension.Length == 0 ? $"{name}.{word}.txt" : $"{name[..^extension.Length]}.{word}{extension}";
    }

    private static void Receive(string folder, string name, string text)
    {
        string received = Path.Combine(folder, Named(name, "received"));
        Directory.CreateDirectory(Path.GetDirectoryName(received) ?? folder);
        File.WriteAllText(received, text);
    }

    private static string Difference(string verified, string? expected, string text)
    {
        if (expected is null)
        {
            return $"{Shown(verified)}: new\n{text}\n";
        }

        // Changed lines with two lines around them.
        List<DiffPiece> lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, text).Lines;
        var result = new StringBuilder(Shown(verified)).Append('\n');
        bool gap = false;
        for (int i = 0; i < lines.Count; i++)
        {
            bool near = lines.Skip(i - 2).Take(i < 2 ? i + 3 : 5).Any(l => l.Type != ChangeType.Unchanged);
            if (near)
            {
                result
                    .Append(gap ? "  ...\n" : "")
                    .Append(
                        lines[i].Type switch
                        {
                            ChangeType.Inserted => "+ ",
                            ChangeType.Deleted => "- ",
                            _ => "  ",
                        }
                    )
                    .Append(lines[i].Text)
                    .Append('\n');
            }

            gap = !near;
        }

        return result.ToString();
    }

    private static string Shown(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
