using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>tunnel.portal</c>.</summary>
public static class PortalFields
{
    public static readonly Field Listen = new("listen", new TypeSchema.Scalar("listener"), "Where bridges connect.")
    {
        Required = true,
        Example = "1024",
    };

    public static readonly Field Public = new(
        "public",
        new TypeSchema.Scalar("host"),
        "The name or address under which bridges reach the portal."
    )
    {
        Required = true,
        Example = "tunnel.example.com",
    };

    public static readonly Field Entry = new(
        "entry",
        new TypeSchema.Scalar("listener"),
        "Where V2Ray's portal takes requests for the service: a web server in front forwards to it. On loopback unless "
            + "an address says otherwise."
    )
    {
        Default = "the port after listen's",
        Example = "1025",
    };

    public static readonly Field Tls = new(
        "tls",
        new TypeSchema.Fields(() => PortalTlsFields.Schema),
        "The certificate that the portal shows to bridges; plain TCP without."
    );

    public static readonly ObjectSchema Schema = new("tunnel.portal", "The public side of a tunnel.", Listen, Public, Entry, Tls);
}
