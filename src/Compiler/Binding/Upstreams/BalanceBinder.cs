using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds a balancing policy: a word, or a map with the key that is hashed.</summary>
internal static class BalanceBinder
{
    public static Balance Bind(BindingContext c, SyntaxNode node)
    {
        if (node is not MapSyntax)
        {
            return new Balance(ScalarReader.Word(c, node, BalanceFields.Words, ForeignWords.Balance) ?? BalancePolicy.RoundRobin);
        }

        ObjectReader o = ObjectReader.Open(c, node, BalanceFields.Schema);
        c.Written(new WrittenFields { At = o.Source });
        if (o.Has(BalanceFields.Header) == o.Has(BalanceFields.Cookie))
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, "a policy has either 'header' or 'cookie'", "as { cookie: lb }");
        }

        return o.Has(BalanceFields.Cookie)
            ? new Balance(BalancePolicy.Cookie, HeaderNames.Token(c, o.Get(BalanceFields.Cookie), "a cookie's name"))
            : new Balance(BalancePolicy.Header, HeaderNames.Token(c, o.Get(BalanceFields.Header), "a header's name"));
    }
}
