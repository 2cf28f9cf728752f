using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>How TLS is spoken to servers.</summary>
internal static class TlsTransport
{
    /// <summary>The transport with what the spec says of TLS.</summary>
    public static TransportView Over(TransportView transport, UpstreamTls tls, CaddyQuoter texts) =>
        transport with
        {
            SkipsVerification = !tls.Verify,
            Ca = tls.Ca is { } ca ? texts.Argument(ca, tls.At.Of(UpstreamTlsFields.Ca)) : null,
            ServerName = tls.ServerName is { } name ? texts.Argument(name, tls.At.Of(UpstreamTlsFields.ServerName)) : null,
            ClientCertificate = tls is { Cert: { } cert, Key: { } key }
                ? texts.Argument(cert, tls.At.Of(UpstreamTlsFields.Cert)) + " " + texts.Argument(key, tls.At.Of(UpstreamTlsFields.Key))
                : null,
        };
}
