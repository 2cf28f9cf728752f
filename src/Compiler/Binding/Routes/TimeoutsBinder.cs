using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds time-outs; what is left out comes from the next level out.</summary>
internal static class TimeoutsBinder
{
    public static readonly ObjectSchema Schema = new(
        "timeouts",
        "The longest waits on an upstream.",
        new("connect", TypeSchema.Duration, "For a connection; over it the next server is tried, at last 502.") { Default = "5s" },
        new("send", TypeSchema.Duration, "Between two writes to the upstream.") { Default = "60s" },
        new("read", TypeSchema.Duration, "The longest silence from the upstream; over it 504. At least 1h with `sse: true`.") { Default = "60s" });

    public static Timeouts Bind(BindingContext c, SyntaxNode? node, Timeouts outer)
    {
        if (node is null)
        {
            return outer;
        }

        var tick = TimeSpan.FromMilliseconds(1);
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        Timeouts own = c.Written(new Timeouts
        {
            At = o.Source,
            Connect = o.Duration("connect", outer.Connect, tick),
            Send = o.Duration("send", outer.Send, tick),
            Read = o.Duration("read", outer.Read, tick),
        });
        return own with { At = own.At.Over(outer.At) };
    }
}
