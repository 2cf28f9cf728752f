using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the discovery of servers.</summary>
internal static class DiscoverBinder
{
    public static SrvDiscovery? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, DiscoverFields.Schema);
        string? name = o.Text(DiscoverFields.Srv);
        if (name is not null && (name.Length > 253 || !name.Split('.').All(IsLabel)))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                o.Get(DiscoverFields.Srv)?.Span ?? node.Span,
                $"invalid DNS name '{name}'",
                "as _service._tcp.example.com"
            );
            name = null;
        }

        TimeSpan refresh = o.Read(DiscoverFields.Refresh);
        return name is null
            ? null
            : c.Written(
                new SrvDiscovery
                {
                    At = o.Source,
                    Name = name,
                    Refresh = refresh,
                }
            );
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(ch => char.IsAsciiLetterOrDigit(ch) || ch is '-' or '_');
}
