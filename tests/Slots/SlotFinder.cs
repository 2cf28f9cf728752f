using Confgen.Compiler.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Confgen.Tests.Slots;

/// <summary>Finds the scalars of a spec, each with its field in the schema of the language.</summary>
internal sealed class SlotFinder : SchemaWalk
{
    private readonly string _file;
    private readonly string _text;
    private readonly Dictionary<int, Slot> _found = [];
    private readonly List<YamlScalarNode> _scalars = [];

    private SlotFinder(string file, string text)
    {
        _file = file;
        _text = text;
    }

    /// <summary>The slots of a text; none where it isn't YAML.</summary>
    public static IReadOnlyCollection<Slot> Find(FieldCatalogue catalogue, string file, string text)
    {
        var finder = new SlotFinder(file, text);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException)
        {
            return [];
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            finder._scalars.AddRange(stream.Documents[0].AllNodes.OfType<YamlScalarNode>());
            finder.Walk(root, catalogue.Objects[0]);
        }

        return finder._found.Values;
    }

    protected override void OnValue(YamlScalarNode value, string field, TypeSchema type)
    {
        if (SlotCorpus.IsConfiguration(field))
        {
            return;
        }

        if (type is TypeSchema.Choice choice)
        {
            Add(value, field, [], choice.Words);
        }
        else if (type is TypeSchema.Scalar scalar)
        {
            Add(value, field, [scalar.Name], []);
        }
    }

    private void Add(YamlScalarNode node, string field, IEnumerable<string> types, IEnumerable<string> words)
    {
        int start = (int)node.Start.Index;
        Slot slot =
            _found.GetValueOrDefault(start)
            ?? new Slot(_file, _text, field, new HashSet<string>(), new HashSet<string>(), node.Value ?? "", [RangeOf(node)]);
        _found[start] = slot with { Types = slot.Types.Union(types).ToHashSet(), Words = slot.Words.Union(words).ToHashSet() };
    }

    // Who refers to a name takes part in its change.
    protected override void OnKey(YamlScalarNode node, string field)
    {
        string name = node.Value ?? "";
        SlotRange[] ranges =
        [
            .. _scalars
                .Distinct()
                .Where(s => s.Value == name || s.Value == "tunnel:" + name)
                .Select(s => RangeOf(s) with { Prefix = s.Value == name ? "" : "tunnel:" })
                .DistinctBy(r => r.Start),
        ];
        _found[(int)node.Start.Index] = new Slot(_file, _text, field, new HashSet<string> { "key" }, new HashSet<string>(), name, ranges);
    }

    private SlotRange RangeOf(YamlScalarNode node)
    {
        int start = (int)node.Start.Index;
        int end = (int)node.End.Index;

        // An anchor before the value stays.
        return new SlotRange(start, Math.Max(start, start + _text[start..end].TrimEnd().Length));
    }
}
