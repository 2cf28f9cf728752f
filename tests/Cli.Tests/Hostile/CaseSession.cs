using System.Text.RegularExpressions;
using Confgen.Cli.Tests.World;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets;
using Confgen.Tests.Slots;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>The slots of the project's specs, and folders in which such a spec can be called.</summary>
internal static partial class CaseSession
{
    private static readonly Lazy<IReadOnlyList<Slot>> _slots = new(static () =>
        SlotCorpus.Of(
            new CompilerHost(TargetCatalogue.All, new ScribanTemplates(EmbeddedTemplates.Find), new DiskFileSystem(), _ => null).Catalogue,
            Repository.Root
        )
    );

    /// <summary>Every slot.</summary>
    public static IReadOnlyList<Slot> Slots => _slots.Value;

    /// <summary>A folder with the case's files, its variables set, and a value in the slot.</summary>
    public static Session Open(Slot slot, string value)
    {
        var session = new Session { Targets = null };
        string folder = Path.GetDirectoryName(slot.File)!;
        foreach (
            string file in Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Where(f => !f.Contains(".verified.") && !f.Contains(".received."))
        )
        {
            string copy = session.PathOf(Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (Match reference in Reference().Matches(slot.Text))
        {
            if (SlotCorpus.Variable(reference.Groups["name"].Value) is { } set)
            {
                session.Variables[reference.Groups["name"].Value] = set;
            }
        }

        return session.With("confgen.yaml", slot.With(value));
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
