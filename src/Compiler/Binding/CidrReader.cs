using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding;

/// <summary>Reads blocks of addresses.</summary>
internal static class CidrReader
{
    public static readonly Rule BadCidr = new("CFG0123", "bad-cidr", Severity.Error, "Invalid address block")
    {
        Why =
            "A block is written in CIDR form, `10.0.0.0/8` or `2001:db8::/32`, without bits set behind the prefix; a single address "
            + "stands for itself.",
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

        if (text is "private_ranges" or "private")
        {
            c.Diagnostics.Report(
                BadCidr,
                node.Span,
                $"'{text}' is a word of Caddy",
                Advice.Replace(
                    node.Span,
                    "[127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, \"fd00::/8\", \"::1\"]",
                    "write the private blocks"
                )
            );
            return null;
        }

        if (text is "all" or "any" or "*")
        {
            c.Diagnostics.Report(
                BadCidr,
                node.Span,
                $"invalid address block '{text}'",
                "every address is [0.0.0.0/0, \"::/0\"]; where 'allow' is written, all others are refused anyway"
            );
            return null;
        }

        ScalarReader.Refuse(c, BadCidr, node.Span, problem, ValueSuggestions.Cidr(text));
        return null;
    }
}
