using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Compiler.Schema;
using Confgen.Tests.Slots;
using YamlDotNet.RepresentationModel;

namespace Confgen.Conformance.Tests.Evidence;

/// <summary>Takes a field of the language out of a spec, or gives it another value.</summary>
internal sealed partial class FieldChange : SchemaWalk
{
    private readonly string _field;
    private readonly YamlStream _stream = [];
    private readonly List<(YamlMappingNode Map, YamlScalarNode Key, IReadOnlyList<string> Needing)> _found = [];

    private FieldChange(FieldCatalogue catalogue, string spec, string field)
    {
        _field = field;
        _stream.Load(new StringReader(spec));
        if (_stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            Walk(root, catalogue.Objects[0]);
        }
    }

    /// <summary>
    /// The spec without the field, wherever it stands, and without what needs it beside it; null where the spec doesn't write it.
    /// </summary>
    public static string? Without(FieldCatalogue catalogue, string spec, string field)
    {
        var change = new FieldChange(catalogue, spec, field);
        foreach ((YamlMappingNode map, YamlScalarNode key, IReadOnlyList<string> needing) in change._found)
        {
            map.Children.Remove(key);
            foreach (string other in needing)
            {
                map.Children.Remove(other);
            }
        }

        return change._found.Count == 0 ? null : change.Text();
    }

    /// <summary>
    /// The spec with other values of the field, one at a time: a list or map without its last entry, then a scalar with a greater last
    /// number, then one with a letter more. Not all of them are valid.
    /// </summary>
    public static IEnumerable<string> WithOthers(FieldCatalogue catalogue, string spec, string field)
    {
        for (int i = 0; ; i++)
        {
            var change = new FieldChange(catalogue, spec, field);
            if (change.Edits().Skip(i).FirstOrDefault() is not { } edit)
            {
                yield break;
            }

            edit();
            yield return change.Text();
        }
    }

    protected override void OnField(YamlMappingNode map, YamlScalarNode key, Field field, ObjectSchema owner)
    {
        if (field.Id == _field || (map.Children[key] is not YamlMappingNode && ShortFormOf(field.Type) == _field))
        {
            _found.Add((map, key, [.. owner.Needs.Where(n => n.Other == field.Name).Select(n => n.Key.Split('=')[0])]));
        }
    }

    // The field that a value stands for where a map is expected: `files: www` is `files: { root: www }`.
    private static string? ShortFormOf(TypeSchema type) =>
        type switch
        {
            TypeSchema.Fields fields => fields.Schema().Fields is [var first, ..] ? first.Id : null,
            TypeSchema.ListOf list => ShortFormOf(list.Element),
            TypeSchema.AnyOf any => any.Forms.Select(ShortFormOf).FirstOrDefault(f => f is not null),
            _ => null,
        };

    private IEnumerable<Action> Edits()
    {
        YamlNode[] nodes = [.. _found.SelectMany(f => NodesOf(f.Map.Children[f.Key]))];
        return
        [
            .. nodes
                .OfType<YamlSequenceNode>()
                .Where(n => n.Children.Count > 1)
                .Select(n => (Action)(() => n.Children.RemoveAt(n.Children.Count - 1))),
            .. nodes
                .OfType<YamlMappingNode>()
                .Where(n => n.Children.Count > 1)
                .Select(n => (Action)(() => n.Children.Remove(n.Children.Keys.Last()))),
            .. nodes
                .OfType<YamlScalarNode>()
                .Where(n => LastNumber().IsMatch(n.Value ?? ""))
                .SelectMany(n =>
                    new Func<long, long>[] { v => v + 1, v => v * 100_000 }.Select(f =>
                        (Action)(
                            () =>
                                n.Value = LastNumber()
                                    .Replace(
                                        n.Value!,
                                        m => f(long.Parse(m.Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
                                    )
                        )
                    )
                ),
            .. nodes.OfType<YamlScalarNode>().Select(n => (Action)(() => n.Value += "x")),
        ];
    }

    // Keys aren't among them.
    private static IEnumerable<YamlNode> NodesOf(YamlNode node) =>
        node switch
        {
            YamlSequenceNode list => list.Children.SelectMany(NodesOf).Prepend(list),
            YamlMappingNode map => map.Children.Values.SelectMany(NodesOf).Prepend(map),
            _ => [node],
        };

    private string Text()
    {
        using var written = new StringWriter();
        _stream.Save(written, assignAnchors: false);
        return written.ToString();
    }

    // Outside of a variable's name.
    [GeneratedRegex(@"[0-9]{1,9}(?![^0-9${]*[0-9])(?![^${}]*\})")]
    private static partial Regex LastNumber();
}
