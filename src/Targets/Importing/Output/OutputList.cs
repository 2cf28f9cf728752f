namespace Confgen.Targets.Importing.Output;

/// <summary>A list.</summary>
internal sealed class OutputList : OutputNode
{
    private readonly List<OutputNode> _items = [];

    public OutputList(params IEnumerable<OutputNode> items)
    {
        foreach (OutputNode item in items)
        {
            Add(item);
        }
    }

    public IReadOnlyList<OutputNode> Items => _items;

    /// <inheritdoc/>
    public override string Canonical => "[" + string.Join(", ", _items.Select(i => i.Canonical)) + "]";

    /// <summary>A list of texts, or the text alone where there is one.</summary>
    public static OutputNode OfTexts(IReadOnlyList<string> texts) =>
        texts.Count == 1 ? new OutputText(texts[0]) : new OutputList(texts.Select(t => new OutputText(t)));

    public T Add<T>(T item)
        where T : OutputNode
    {
        item.Parent = this;
        _items.Add(item);
        return item;
    }

    public void Insert(int index, OutputNode item)
    {
        item.Parent = this;
        _items.Insert(index, item);
    }

    public void Remove(OutputNode item)
    {
        if (_items.Remove(item))
        {
            item.Parent = null;
        }
    }

    public int IndexOf(OutputNode item) => _items.IndexOf(item);
}
