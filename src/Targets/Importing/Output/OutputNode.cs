namespace Confgen.Targets.Importing.Output;

/// <summary>A piece of the spec that is being written: it may move, as from a route to its site, and still know its path.</summary>
internal abstract class OutputNode
{
    private OutputNode? _replacedBy;

    /// <summary>What holds it; null for the root and for what was taken out.</summary>
    public OutputNode? Parent { get; internal set; }

    /// <summary>Lines before it, without their signs.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Whether it stands in the spec, or another does that says the same.</summary>
    public bool IsWritten
    {
        get
        {
            OutputNode node = Kept;
            while (node.Parent is { } parent)
            {
                node = parent;
            }

            return node is OutputMap { IsRoot: true };
        }
    }

    /// <summary>Where it stands, as <c>sites[0].routes[1].proxy</c>; of one that another says too, the other's place.</summary>
    public string Path
    {
        get
        {
            OutputNode node = Kept;
            return node.Parent switch
            {
                OutputMap map => Join(map.Path, map.KeyOf(node)),
                OutputList list => $"{list.Path}[{list.IndexOf(node)}]",
                _ => "",
            };
        }
    }

    private OutputNode Kept
    {
        get
        {
            OutputNode node = this;
            while (node._replacedBy is { } other)
            {
                node = other;
            }

            return node;
        }
    }

    /// <summary>The value as one text: equal for equal values.</summary>
    public abstract string Canonical { get; }

    /// <summary>Says that another node stands for this one from now on.</summary>
    public void ReplaceBy(OutputNode other)
    {
        if (other != this)
        {
            _replacedBy = other;
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
