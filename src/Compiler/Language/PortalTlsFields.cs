using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>tunnel.portal.tls</c>.</summary>
public static class PortalTlsFields
{
    public static readonly Field Cert = new(
        "cert",
        TypeSchema.Path,
        "The PEM file with the certificate chain; it holds the name under `public`."
    )
    {
        Required = true,
        Example = "/etc/ssl/tunnel.pem",
    };

    public static readonly Field Key = new("key", TypeSchema.Path, "The PEM file with the private key.")
    {
        Required = true,
        Example = "/etc/ssl/tunnel.key",
    };

    public static readonly ObjectSchema Schema = new("tunnel.portal.tls", "TLS between a bridge and its portal.", Cert, Key);
}
