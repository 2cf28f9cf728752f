using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the buffer sizes of an upstream.</summary>
internal static class BuffersBinder
{
    public static UpstreamBuffers Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, BuffersFields.Schema);
        return c.Written(
            new UpstreamBuffers
            {
                At = o.Source,
                Read = o.Find(BuffersFields.Read),
                Write = o.Find(BuffersFields.Write),
            }
        );
    }
}
