using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the pool of idle connections.</summary>
internal static class KeepaliveBinder
{
    public static readonly ObjectSchema Schema = new(
        "keepalive",
        "Idle connections kept open for reuse.",
        new("idle", TypeSchema.Integer, "Most idle connections kept; 0 keeps none.") { Default = "100" },
        new("timeout", TypeSchema.Duration, "How long an idle one is kept.") { Default = "60s" });

    public static UpstreamKeepalive Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        return c.Written(new UpstreamKeepalive
        {
            At = o.Source,
            Idle = o.Integer("idle", 100, 0, 1_000_000),
            Timeout = o.Duration("timeout", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1)),
        });
    }
}
