using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the pool of idle connections.</summary>
internal static class KeepaliveBinder
{
    public static UpstreamKeepalive Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, KeepaliveFields.Schema);
        return c.Written(
            new UpstreamKeepalive
            {
                At = o.Source,
                Idle = o.Read(KeepaliveFields.Idle),
                Timeout = o.Read(KeepaliveFields.Timeout),
            }
        );
    }
}
