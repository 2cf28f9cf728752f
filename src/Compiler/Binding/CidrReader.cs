using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding;

/// <summary>Reads blocks of addresses.</summary>
internal static class CidrReader
{
    public static readonly Rule BadCidr = new("CFG0123", "bad-cidr", Severity.Error, "A value that is no block of addresses")
    {
        Why = "A block is written in CIDR form, `10.0.0.0/8` or `2001:db8::/32`, without bits set behind the prefix; a single address stands for itself.",
        Bad = "trusted_proxies: [10.0.0.0/33]\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "trusted_proxies: [10.0.0.0/8]\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static Cidr? Bind(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "addresses as 10.0.0.0/8") is not { } text)
        {
            return null;
        }

        if (Cidr.TryParse(text, out Cidr block, out string? problem))
        {
            return block;
        }

        ScalarReader.Refuse(c, BadCidr, node.Span, problem);
        return null;
    }
}
