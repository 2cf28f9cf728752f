using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the buffer sizes of an upstream.</summary>
internal static class BuffersBinder
{
    public static readonly ObjectSchema Schema = new(
        "buffers",
        "Sizes of the buffers to and from the servers; streaming doesn't need bigger ones.",
        new("read", TypeSchema.Size, "For reading from a server.") { Example = "64KiB" },
        new("write", TypeSchema.Size, "For writing to a server.") { Example = "64KiB" });

    public static UpstreamBuffers Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        return c.Written(new UpstreamBuffers { At = o.Source, Read = o.Size("read", min: 1024), Write = o.Size("write", min: 1024) });
    }
}
