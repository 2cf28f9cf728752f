using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds TLS towards the servers.</summary>
internal static class UpstreamTlsBinder
{
    public static UpstreamTls Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, UpstreamTlsFields.Schema);
        CertificatePair.Check(c, o, UpstreamTlsFields.Cert, UpstreamTlsFields.Key);
        return c.Written(
            new UpstreamTls
            {
                At = o.Source,
                Verify = o.Read(UpstreamTlsFields.Verify),
                Ca = FileReference.File(c, o.Get(UpstreamTlsFields.Ca)),
                ServerName = o.Get(UpstreamTlsFields.ServerName) is { } name ? HostReader.Name(c, name) : null,
                Cert = FileReference.File(c, o.Get(UpstreamTlsFields.Cert)),
                Key = FileReference.File(c, o.Get(UpstreamTlsFields.Key)),
            }
        );
    }
}
