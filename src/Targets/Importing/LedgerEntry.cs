using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Importing;

/// <summary>A directive of the source in the ledger. It may have been read in several places: the most telling fate counts.</summary>
internal sealed class LedgerEntry(string file, int line, int column, string text)
{
    private readonly List<OutputNode> _places = [];
    private readonly List<(ImportFate Fate, string Reason)> _reasons = [];

    public string File => file;

    public int Line => line;

    public int Column => column;

    /// <summary>Whether a reader has settled it.</summary>
    public bool IsSettled => _places.Count > 0 || _reasons.Count > 0;

    /// <summary>The spec says it.</summary>
    /// <param name="place">Where.</param>
    /// <param name="note">What to know of it, or null.</param>
    public void Say(OutputNode place, string? note = null)
    {
        _places.Add(place);
        if (note is not null)
        {
            _reasons.Add((ImportFate.Said, note));
        }
    }

    public void Imply(string reason) => _reasons.Add((ImportFate.Implied, reason));

    public void Tune(string reason) => _reasons.Add((ImportFate.Tuning, reason));

    public void Lose(string reason) => _reasons.Add((ImportFate.Lost, reason));

    /// <summary>What became of it: what nobody settled is lost.</summary>
    public ImportedDirective Close()
    {
        if (!IsSettled)
        {
            Lose("the importer doesn't know it");
        }

        if (_places.Count > 0 && !_places.Exists(p => p.IsWritten) && _reasons.TrueForAll(r => r.Fate == ImportFate.Said))
        {
            return new ImportedDirective(file, line, text, ImportFate.Tuning, [], "nothing that it holds for uses it");
        }

        _places.RemoveAll(p => !p.IsWritten);
        ImportFate fate = _reasons.Select(r => r.Fate).Append(_places.Count > 0 ? ImportFate.Said : ImportFate.Tuning).Max();
        string[] reasons = [.. _reasons.Where(r => r.Fate == fate).Select(r => r.Reason).Distinct(StringComparer.Ordinal)];
        string[] paths = fate == ImportFate.Said ? [.. _places.Select(p => p.Path).Distinct(StringComparer.Ordinal)] : [];
        return new ImportedDirective(file, line, text, fate, paths, reasons.Length > 0 ? string.Join("; ", reasons) : null);
    }
}
