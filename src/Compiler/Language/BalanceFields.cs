using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>balance</c>.</summary>
public static class BalanceFields
{
    public static readonly Field Header = new(
        "header",
        TypeSchema.HeaderName,
        "By a hash of this request header; a request without it goes to any server."
    )
    {
        Example = "X-User",
    };

    public static readonly Field Cookie = new(
        "cookie",
        TypeSchema.Text,
        "Sticky session: the proxy sets this cookie, and it names the server."
    )
    {
        Example = "lb",
    };

    /// <summary>The policies without a key.</summary>
    public static readonly IReadOnlyList<(string Word, BalancePolicy Value)> Words =
    [
        ("round_robin", BalancePolicy.RoundRobin),
        ("random", BalancePolicy.Random),
        ("first", BalancePolicy.First),
        ("least_conn", BalancePolicy.LeastConn),
        ("ip_hash", BalancePolicy.IpHash),
        ("uri_hash", BalancePolicy.UriHash),
    ];

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(
        new TypeSchema.Choice([.. Words.Select(w => w.Word)]),
        new TypeSchema.Fields(() => BalanceFields.Schema!)
    );

    public static readonly ObjectSchema Schema = new("balance", "A balancing policy with a key: exactly one of the two.", Header, Cookie);
}
