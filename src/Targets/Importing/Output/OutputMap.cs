namespace Confgen.Targets.Importing.Output;

/// <summary>Keys with values in the order in which they were set.</summary>
internal sealed class OutputMap : OutputNode
{
    private readonly List<(string Key, OutputNode Value)> _entries = [];

    /// <summary>Whether it is the whole spec.</summary>
    public bool IsRoot { get; init; }

    public IReadOnlyList<(string Key, OutputNode Value)> Entries => _entries;

    /// <inheritdoc/>
    public override string Canonical => "{" + string.Join(", ", _entries.Select(e => $"{e.Key}: {e.Value.Canonical}")) + "}";

    public OutputNode? this[string key] => _entries.Find(e => e.Key == key).Value;

    /// <summary>Sets a value; one that the key has is replaced in its place.</summary>
    public T Set<T>(string key, T value)
        where T : OutputNode
    {
        value.Parent = this;
        int at = _entries.FindIndex(e => e.Key == key);
        if (at < 0)
        {
            _entries.Add((key, value));
        }
        else
        {
            _entries[at].Value.ReplaceBy(value);
            _entries[at] = (key, value);
        }

        return value;
    }

    public OutputText Set(string key, string text) => Set(key, new OutputText(text));

    /// <summary>Sets a condition on a value: a glob or a regex.</summary>
    public void SetCondition(string key, string pattern, bool isRegex)
    {
        if (isRegex)
        {
            Set(key, new OutputMap()).Set("regex", pattern);
        }
        else
        {
            Set(key, pattern);
        }
    }

    /// <summary>Sets a word, number or boolean of the language.</summary>
    public OutputText Word(string key, string word) => Set(key, new OutputText(word, isWord: true));

    /// <summary>The map under a key; made where there is none.</summary>
    public OutputMap Map(string key) => this[key] as OutputMap ?? Set(key, new OutputMap());

    /// <summary>The list under a key; made where there is none.</summary>
    public OutputList List(string key) => this[key] as OutputList ?? Set(key, new OutputList());

    /// <summary>Takes a value out, or gives null.</summary>
    public OutputNode? Take(string key)
    {
        int at = _entries.FindIndex(e => e.Key == key);
        if (at < 0)
        {
            return null;
        }

        OutputNode value = _entries[at].Value;
        _entries.RemoveAt(at);
        value.Parent = null;
        return value;
    }

    public string KeyOf(OutputNode value) => _entries.Find(e => e.Value == value).Key ?? "";

    /// <summary>Puts the keys into an order; those that it doesn't name keep theirs behind them.</summary>
    public void Sort(IReadOnlyList<string> order)
    {
        int Rank(string key)
        {
            int at = order.IndexOf(key);
            return at < 0 ? order.Count : at;
        }

        (string, OutputNode)[] sorted = [.. _entries.OrderBy(e => Rank(e.Key))];
        _entries.Clear();
        _entries.AddRange(sorted);
    }
}

/// <summary>What lists of texts lack.</summary>
file static class Lists
{
    public static int IndexOf(this IReadOnlyList<string> list, string text)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] == text)
            {
                return i;
            }
        }

        return -1;
    }
}
