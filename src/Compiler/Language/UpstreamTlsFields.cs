using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>upstream_tls</c>.</summary>
public static class UpstreamTlsFields
{
    public static readonly BooleanField Verify = new("verify", "Whether the server's certificate is verified.", new UpstreamTls().Verify);

    public static readonly Field Ca = new("ca", TypeSchema.Path, "A PEM file with the authorities to trust; the system's unless written.")
    {
        Example = "ca.pem",
    };

    public static readonly Field ServerName = new(
        "server_name",
        TypeSchema.Text,
        "The name for SNI and verification; the server's host unless written."
    )
    {
        Example = "app.internal",
    };

    public static readonly Field Cert = new("cert", TypeSchema.Path, "A PEM file with a client certificate; needs `key`.");

    public static readonly Field Key = new("key", TypeSchema.Path, "A PEM file with the client certificate's key.");

    public static readonly ObjectSchema Schema = new("upstream_tls", "TLS towards `https://` servers.", Verify, Ca, ServerName, Cert, Key)
    {
        Needs = [("cert", "key"), ("key", "cert")],
    };
}
