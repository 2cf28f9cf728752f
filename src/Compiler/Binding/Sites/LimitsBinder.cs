using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds the limits on what is read from a client.</summary>
internal static class LimitsBinder
{
    public static readonly ObjectSchema Schema = new(
        "limits",
        "Limits on what is read from a client.",
        new FieldSchema("head", TypeSchema.Size, "Longest request head, the request line included; over it 431 or 414.") { Default = "32KiB" });

    public static Limits Bind(BindingContext c, SyntaxNode? node, Limits outer)
    {
        if (node is null)
        {
            return outer;
        }

        ObjectReader o = ObjectReader.Open(c, node, Schema);
        return c.Written(new Limits { At = o.Source, Head = o.Size("head", min: 1024) ?? outer.Head });
    }
}
