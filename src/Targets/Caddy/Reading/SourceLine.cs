using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>A line with its block, in which imports have been replaced by what they import.</summary>
internal sealed class SourceLine(CaddyNodeKind kind, IReadOnlyList<SourceWord> words, LedgerEntry entry, string file)
{
    public CaddyNodeKind Kind => kind;

    /// <summary>The name and its arguments; the addresses of a site.</summary>
    public IReadOnlyList<SourceWord> Words => words;

    public string Name => words.Count > 0 ? words[0].Text : "";

    /// <summary>The words after the name.</summary>
    public IReadOnlyList<string> Arguments { get; } = [.. words.Skip(1).Select(w => w.Text)];

    /// <summary>The lines of the block.</summary>
    public List<SourceLine> Block { get; } = [];

    /// <summary>Whether there is a block, which may be empty.</summary>
    public bool HasBlock { get; init; }

    /// <summary>Its line in the ledger: the same one wherever a snippet is imported.</summary>
    public LedgerEntry Entry => entry;

    /// <summary>The file that it stands in.</summary>
    public string File => file;

    /// <summary>The first word after the name, or an empty text.</summary>
    public string First => Arguments.Count > 0 ? Arguments[0] : "";

    /// <summary>Itself and everything in it.</summary>
    public IEnumerable<SourceLine> All => Block.SelectMany(c => c.All).Prepend(this);

    /// <summary>Loses it with everything in it that nothing else has settled.</summary>
    public void LoseAll(string reason)
    {
        foreach (SourceLine line in All.Where(l => !l.Entry.IsSettled))
        {
            line.Entry.Lose(line == this ? reason : $"it stands in '{Name}', which is lost");
        }
    }

    /// <summary>Drops it with everything in it that nothing else has settled.</summary>
    public void TuneAll(string reason)
    {
        foreach (SourceLine line in All.Where(l => !l.Entry.IsSettled))
        {
            line.Entry.Tune(reason);
        }
    }

    /// <summary>Settles it, and everything in it that nothing else has settled, as done by confgen anyway.</summary>
    public void ImplyAll(string reason)
    {
        foreach (SourceLine line in All.Where(l => !l.Entry.IsSettled || l == this))
        {
            line.Entry.Imply(reason);
        }
    }
}
