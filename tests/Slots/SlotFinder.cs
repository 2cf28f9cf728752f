using Confgen.Compiler.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Confgen.Tests.Slots;

/// <summary>Finds the scalars of a spec, each with its field in the schema of the language.</summary>
internal sealed class SlotFinder
{
    private readonly FieldCatalogue _catalogue;
    private readonly string _file;
    private readonly string _text;
    private readonly Dictionary<int, Slot> _found = [];
    private readonly List<YamlScalarNode> _scalars = [];
    private readonly HashSet<YamlNode> _visited = new(ReferenceEqualityComparer.Instance);

    private SlotFinder(FieldCatalogue catalogue, string file, string text)
    {
        _catalogue = catalogue;
        _file = file;
        _text = text;
    }

    /// <summary>The slots of a text; none where it isn't YAML.</summary>
    public static IReadOnlyCollection<Slot> Find(FieldCatalogue catalogue, string file, string text)
    {
        var finder = new SlotFinder(catalogue, file, text);
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
            finder.VisitMap(root, catalogue.Objects[0]);
        }

        return finder._found.Values;
    }

    private void Visit(YamlNode node, TypeSchema type, string field)
    {
        switch (type)
        {
            case TypeSchema.Fields fields when node is YamlMappingNode map:
                VisitMap(map, fields.Schema());
                break;
            case TypeSchema.Fields fields when fields.Schema().Fields is [var only, ..] && node is YamlScalarNode:
                // A short form stands for the first field: `files: www`.
                Visit(node, only.Type, field);
                break;
            case TypeSchema.ListOf list:
                foreach (YamlNode item in node is YamlSequenceNode items ? items.Children : [node])
                {
                    Visit(item, list.Element, field);
                }

                break;
            case TypeSchema.MapOf each when node is YamlMappingNode map:
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    AddKey((YamlScalarNode)key, field + " key");
                    Visit(value, each.Value, field);
                }

                break;
            case TypeSchema.AnyOf any:
                foreach (TypeSchema form in any.Forms)
                {
                    Visit(node, form, field);
                }

                break;
            case TypeSchema.Scalar scalar when node is YamlScalarNode value:
                Add(value, field, [scalar.Name], []);
                break;
            case TypeSchema.Choice choice when node is YamlScalarNode value:
                Add(value, field, [], choice.Words);
                break;
            default:
                break;
        }
    }

    private void VisitMap(YamlMappingNode map, ObjectSchema schema)
    {
        if (!_visited.Add(map))
        {
            return;
        }

        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            // A site with one route carries the route's fields itself.
            string name = ((YamlScalarNode)key).Value ?? "";
            ObjectSchema owner = schema.Find(name) is null && schema.Beside?.Invoke() is { } beside ? beside : schema;
            if (owner.Find(name) is { } field)
            {
                Visit(value, field.Type, field.Id);
            }
            else if (schema.OtherKeys is { } others)
            {
                AddKey((YamlScalarNode)key, schema.Name + " key");
                Visit(value, others.Value, schema.Name);
            }
        }
    }

    private void Add(YamlScalarNode node, string field, IEnumerable<string> types, IEnumerable<string> words)
    {
        int start = (int)node.Start.Index;
        Slot slot = _found.GetValueOrDefault(start)
            ?? new Slot(_file, _text, field, new HashSet<string>(), new HashSet<string>(), node.Value ?? "", [RangeOf(node)]);
        _found[start] = slot with { Types = slot.Types.Union(types).ToHashSet(), Words = slot.Words.Union(words).ToHashSet() };
    }

    // Who refers to a name takes part in its change.
    private void AddKey(YamlScalarNode node, string field)
    {
        string name = node.Value ?? "";
        SlotRange[] ranges =
        [
            .. _scalars.Distinct().Where(s => s.Value == name || s.Value == "tunnel:" + name)
                .Select(s => RangeOf(s) with { Prefix = s.Value == name ? "" : "tunnel:" }).DistinctBy(r => r.Start),
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
