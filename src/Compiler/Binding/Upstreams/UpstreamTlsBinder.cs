using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds TLS towards the servers.</summary>
internal static class UpstreamTlsBinder
{
    public static readonly ObjectSchema Schema = new(
        "upstream_tls",
        "TLS towards `https://` servers.",
        new("verify", TypeSchema.Boolean, "Whether the server's certificate is verified.") { Default = "true" },
        new("ca", TypeSchema.Path, "A PEM file with the authorities to trust; the system's unless written.") { Example = "ca.pem" },
        new("server_name", TypeSchema.Text, "The name for SNI and verification; the server's host unless written.") { Example = "app.internal" },
        new("cert", TypeSchema.Path, "A PEM file with a client certificate; needs `key`."),
        new("key", TypeSchema.Path, "A PEM file with the client certificate's key."));

    public static UpstreamTls Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        CertificatePair.Check(c, o);
        return c.Written(new UpstreamTls
        {
            At = o.Source,
            Verify = o.Boolean("verify", fallback: true),
            Ca = FileReference.File(c, o.Get("ca")),
            ServerName = o.Get("server_name") is { } name ? HostReader.Name(c, name) : null,
            Cert = FileReference.File(c, o.Get("cert")),
            Key = FileReference.File(c, o.Get("key")),
        });
    }
}
