using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// What several layers of header rules come to, name by name. Caddy applies the rules of one block by their kind (add, set, delete) and not
/// in their order, so the layers are merged here.
/// </summary>
internal sealed class HeaderPlan
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Entry> _order = [];

    public IReadOnlyList<Entry> Entries => _order;

    public HeaderPlan Apply(HeaderEdits edits)
    {
        foreach (HeaderName name in edits.Remove)
        {
            Entry entry = Get(name.Name);
            (entry.Set, entry.Removed, entry.At) = (null, true, name.At.Span);
            entry.Added.Clear();
        }

        foreach (HeaderValue value in edits.Set)
        {
            Set(value.Name, value.Value, value.At.Span);
        }

        foreach (HeaderValue value in edits.Add)
        {
            Get(value.Name).Added.Add((value.Value, value.At.Span));
        }

        return this;
    }

    public HeaderPlan Set(string name, TextTemplate value, SourceSpan at)
    {
        Entry entry = Get(name);
        (entry.Set, entry.Removed, entry.At) = (value, false, at);
        entry.Added.Clear();
        return this;
    }

    private Entry Get(string name)
    {
        if (!_entries.TryGetValue(name, out Entry? entry))
        {
            _entries.Add(name, entry = new Entry(name));
            _order.Add(entry);
        }

        return entry;
    }

    /// <summary>What becomes of the lines of one name: they stay, go or are replaced, and others are appended.</summary>
    public sealed class Entry(string name)
    {
        public string Name => name;

        public TextTemplate? Set { get; set; }

        public bool Removed { get; set; }

        public List<(TextTemplate Value, SourceSpan At)> Added { get; } = [];

        public SourceSpan At { get; set; }
    }
}
