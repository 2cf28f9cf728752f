using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds the limits on what is read from a client.</summary>
internal static class LimitsBinder
{
    public static Limits Bind(BindingContext c, SyntaxNode? node, Limits outer)
    {
        if (node is null)
        {
            return outer;
        }

        ObjectReader o = ObjectReader.Open(c, node, LimitsFields.Schema);
        return c.Written(new Limits { At = o.Source, Head = o.Find(LimitsFields.Head) ?? outer.Head });
    }
}
