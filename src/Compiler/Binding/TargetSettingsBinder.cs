using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;

namespace Confgen.Compiler.Binding;

/// <summary>Binds <c>targets:</c> by the fields that each target declares.</summary>
internal static class TargetSettingsBinder
{
    /// <summary>The map under <c>targets:</c>, for these targets.</summary>
    public static ObjectSchema Schema(IReadOnlyList<ITarget> targets) =>
        new(
            "targets",
            "What only one program needs; it never changes behaviour.",
            [.. targets.OfType<IRenderingTarget>().Select(t => new Field(t.Name, new TypeSchema.Fields(() => t.Settings), t.Title))]
        );

    public static ValueList<TargetSettings> Bind(BindingContext c, SyntaxNode? node, ObjectSchema schema, IReadOnlyList<ITarget> targets)
    {
        if (node is null)
        {
            return [];
        }

        ObjectReader o = ObjectReader.Open(c, node, schema);
        return targets
            .Select(t => (Target: t, Node: schema.Find(t.Name) is { } field ? o.Get(field) : null))
            .Where(t => t.Node is not null)
            .Select(t => BindOne(c, t.Target, t.Node ?? node))
            .ToValueList();
    }

    private static TargetSettings BindOne(BindingContext c, ITarget target, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, target.Settings);
        var values = new Dictionary<string, ValueList<string>>(StringComparer.Ordinal);
        foreach (Field field in target.Settings.Fields.Where(o.Has))
        {
            values[field.Name] =
                field.Type is TypeSchema.ListOf ? o.List(field, n => ScalarReader.Text(c, n))
                : o.Text(field) is { } text ? [text]
                : [];
        }

        return new TargetSettings
        {
            At = o.Source,
            Target = target.Name,
            Values = values,
        };
    }
}
