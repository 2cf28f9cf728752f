using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>discover</c>.</summary>
public static class DiscoverFields
{
    public static readonly Field Srv = new("srv", TypeSchema.Text, "The full name of the records.")
    {
        Required = true,
        Example = "_api._tcp.example.com",
    };

    public static readonly DurationField Refresh = new(
        "refresh",
        "How long an answer is used before the records are asked for again.",
        new SrvDiscovery { Name = "" }.Refresh,
        TimeSpan.FromSeconds(1)
    );

    public static readonly ObjectSchema Schema = new("discover", "Servers that come from DNS SRV records (RFC 2782).", Srv, Refresh);
}
