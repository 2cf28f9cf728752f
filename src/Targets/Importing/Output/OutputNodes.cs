using Confgen.Compiler.Syntax;

namespace Confgen.Targets.Importing.Output;

/// <summary>Makes the nodes of a written spec from those of a read one.</summary>
internal static class OutputNodes
{
    /// <summary>The node.</summary>
    /// <param name="node">What was read.</param>
    /// <param name="places">Takes each node with the place that it was made from.</param>
    public static OutputNode Of(SyntaxNode node, List<(SyntaxNode From, OutputNode To)> places)
    {
        OutputNode made = node switch
        {
            MapSyntax map => Map(map, places),
            ListSyntax list => new OutputList(list.Items.Select(i => Of(i, places))),
            ScalarSyntax scalar => new OutputText(scalar.Value, isWord: !scalar.IsQuoted && !scalar.IsNull),
            _ => throw new ArgumentException("no such node", nameof(node)),
        };
        places.Add((node, made));
        return made;
    }

    private static OutputMap Map(MapSyntax map, List<(SyntaxNode From, OutputNode To)> places)
    {
        var made = new OutputMap();
        foreach (EntrySyntax entry in map.Entries)
        {
            made.Set(entry.Key.Value, Of(entry.Value, places));
        }

        return made;
    }
}
