namespace Confgen.Targets.Importing.Output;

/// <summary>Copies of nodes.</summary>
internal static class Copies
{
    public static OutputNode Of(OutputNode node)
    {
        OutputNode copy = node switch
        {
            OutputText text => new OutputText(text.Text, text.IsWord) { Original = text },
            OutputList list => new OutputList(list.Items.Select(Of)),
            OutputMap map => Map(map),
            _ => throw new ArgumentException("no such node", nameof(node)),
        };
        copy.Comments.AddRange(node.Comments);
        return copy;
    }

    private static OutputMap Map(OutputMap map)
    {
        var copy = new OutputMap();
        foreach ((string key, OutputNode value) in map.Entries)
        {
            copy.Set(key, Of(value));
        }

        return copy;
    }
}
