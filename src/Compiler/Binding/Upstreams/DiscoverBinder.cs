using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds the discovery of servers.</summary>
internal static class DiscoverBinder
{
    public static readonly ObjectSchema Schema = new(
        "discover",
        "Servers that come from DNS SRV records (RFC 2782).",
        new("srv", TypeSchema.Text, "The full name of the records.") { Required = true, Example = "_api._tcp.example.com" },
        new("refresh", TypeSchema.Duration, "How long an answer is used before the records are asked for again.") { Default = "30s" });

    public static SrvDiscovery? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        string? name = o.Text("srv");
        if (name is not null && (name.Length > 253 || !name.Split('.').All(IsLabel)))
        {
            c.Diagnostics.Report(ValueRules.BadValue, o.Get("srv")?.Span ?? node.Span, $"'{name}' is no DNS name", "as _service._tcp.example.com");
            name = null;
        }

        TimeSpan refresh = o.Duration("refresh", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));
        return name is null ? null : c.Written(new SrvDiscovery { At = o.Source, Name = name, Refresh = refresh });
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(ch => char.IsAsciiLetterOrDigit(ch) || ch is '-' or '_');
}
