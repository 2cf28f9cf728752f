using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds time-outs; what is left out comes from the next level out.</summary>
internal static class TimeoutsBinder
{
    public static Timeouts Bind(BindingContext c, SyntaxNode? node, Timeouts outer)
    {
        if (node is null)
        {
            return outer;
        }

        ObjectReader o = ObjectReader.Open(c, node, TimeoutsFields.Schema);
        Timeouts own = c.Written(
            new Timeouts
            {
                At = o.Source,
                Connect = o.Find(TimeoutsFields.Connect) ?? outer.Connect,
                Send = o.Find(TimeoutsFields.Send) ?? outer.Send,
                Read = o.Find(TimeoutsFields.Read) ?? outer.Read,
            }
        );
        return own with { At = own.At.Over(outer.At) };
    }
}
