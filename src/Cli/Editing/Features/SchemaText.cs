using System.Text;
using Confgen.Cli.Reference;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Editing.Features;

/// <summary>A field in Markdown, as editors show it beside the text.</summary>
internal static class SchemaText
{
    /// <summary>What the field takes, does and has as its default, and which programs honour it otherwise than exactly.</summary>
    public static string Of(Field field, IReadOnlyList<ITarget> targets)
    {
        var text = new StringBuilder($"**`{field.Name}`** {FieldType.Words(field)}");
        text.Append(
            field.Required ? ", required"
            : field.Default is { } value ? $", default `{value}`"
            : ""
        );
        text.Append("\n\n").Append(field.Doc);
        if (field.Example is { } example)
        {
            text.Append($"\n\nExample: `{field.Name}: {example}`");
        }

        string[] support = [.. targets.Select(t => Support(t, field)).Where(s => s.Length > 0)];
        if (support.Length > 0)
        {
            text.Append("\n\n").AppendJoin('\n', support);
        }

        return text.ToString();
    }

    private static string Support(ITarget target, Field field) =>
        string.Concat(
            target
                .Capabilities.Of(field.Id)
                .Where(c => c.Support is Compiler.Rendering.Support.Approximate or Compiler.Rendering.Support.Unsupported)
                .Take(1)
                .Select(c =>
                    $"- {target.Name}: {CapabilityText.Of(c.Support)}" + (CapabilityText.Detail(c) is { Length: > 0 } d ? $", {d}" : "")
                )
        );
}
