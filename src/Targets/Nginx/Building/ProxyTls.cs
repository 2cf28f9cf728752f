using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>How TLS is spoken to servers.</summary>
internal static class ProxyTls
{
    /// <summary>The settings; null where the server speaks plain HTTP.</summary>
    /// <param name="build">What quotes.</param>
    /// <param name="server">The server.</param>
    /// <param name="tls">What the spec says of it.</param>
    public static ProxyTlsView? Of(NginxBuild build, UpstreamTarget server, UpstreamTls tls) =>
        server.TlsName is not { } name
            ? null
            : new ProxyTlsView
            {
                Name = build.Text(name, tls.At.Of(UpstreamTlsFields.ServerName)),
                Trusted = !tls.Verify ? null : build.Argument(tls.Ca ?? build.Settings.Trusted, tls.At.Of(UpstreamTlsFields.Ca)),
                Certificate = tls.Cert is { } cert ? build.Text(cert, tls.At.Of(UpstreamTlsFields.Cert)) : null,
                Key = tls.Key is { } key ? build.Text(key, tls.At.Of(UpstreamTlsFields.Key)) : null,
            };
}
