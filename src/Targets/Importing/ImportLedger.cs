namespace Confgen.Targets.Importing;

/// <summary>
/// Every directive of the source, once for each place in a file. A reader settles each one; what nobody settles is lost, so that nothing is
/// dropped in silence.
/// </summary>
internal sealed class ImportLedger
{
    private readonly Dictionary<(string File, int Line, int Column), LedgerEntry> _entries = [];

    /// <summary>The entry of a directive; the same one where a file is included more than once.</summary>
    public LedgerEntry Enter(string file, int line, int column, string text)
    {
        if (!_entries.TryGetValue((file, line, column), out LedgerEntry? entry))
        {
            _entries.Add((file, line, column), entry = new LedgerEntry(file, line, column, text));
        }

        return entry;
    }

    /// <summary>The fates, file by file in the order in which they were first read, by line.</summary>
    public IReadOnlyList<ImportedDirective> Close()
    {
        string[] files = [.. _entries.Values.Select(e => e.File).Distinct(StringComparer.Ordinal)];
        return
        [
            .. _entries.Values.OrderBy(e => Array.IndexOf(files, e.File)).ThenBy(e => e.Line).ThenBy(e => e.Column).Select(e => e.Close()),
        ];
    }
}
