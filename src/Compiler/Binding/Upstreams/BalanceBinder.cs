using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds a balancing policy: a word, or a map with the key that is hashed.</summary>
internal static class BalanceBinder
{
    private static readonly (string, BalancePolicy)[] _words =
    [
        ("round_robin", BalancePolicy.RoundRobin), ("random", BalancePolicy.Random), ("first", BalancePolicy.First),
        ("least_conn", BalancePolicy.LeastConn), ("ip_hash", BalancePolicy.IpHash), ("uri_hash", BalancePolicy.UriHash),
    ];

    public static readonly ObjectSchema Schema = new(
        "balance",
        "A balancing policy with a key: exactly one of the two.",
        new("header", TypeSchema.HeaderName, "By a hash of this request header; a request without it goes to any server.") { Example = "X-User" },
        new("cookie", TypeSchema.Text, "Sticky session: the proxy sets this cookie, and it names the server.") { Example = "lb" });

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(
        new TypeSchema.Choice([.. _words.Select(w => w.Item1)]), new TypeSchema.Fields(() => Schema));

    public static Balance Bind(BindingContext c, SyntaxNode node)
    {
        if (node is not MapSyntax)
        {
            return new Balance(ScalarReader.Word(c, node, _words, ForeignWords.Balance) ?? BalancePolicy.RoundRobin);
        }

        ObjectReader o = ObjectReader.Open(c, node, Schema);
        if (o.Has("header") == o.Has("cookie"))
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, "a policy has either 'header' or 'cookie'", "as { cookie: lb }");
        }

        return o.Has("cookie")
            ? new Balance(BalancePolicy.Cookie, HeaderNames.Token(c, o.Get("cookie"), "a cookie's name"))
            : new Balance(BalancePolicy.Header, HeaderNames.Token(c, o.Get("header"), "a header's name"));
    }
}
