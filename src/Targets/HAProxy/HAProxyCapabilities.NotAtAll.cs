using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.HAProxy;

internal static partial class HAProxyCapabilities
{
    private static IEnumerable<Capability> NotAtAll() =>
        [
            OffAlone<Site>(SiteFields.Http3, static site => site.Http3, "`true`", "HAProxy needs a build with QUIC, which Debian's isn't"),
            OffAlone<Route>(
                RouteFields.ForwardAuth,
                static route => route.ForwardAuth is not null,
                NotOff,
                "HAProxy asks nobody before it forwards, unless by a script in Lua: let the upstream ask"
            ),
            .. Unsupported(
                Files,
                RouteFields.Files,
                RouteFields.FilesFirst,
                FilesFields.Root,
                FilesFields.Index,
                FilesFields.Try,
                FilesFields.Browse,
                FilesFields.Precompressed,
                FilesFirstFields.Root,
                FilesFirstFields.Try,
                FilesFirstFields.Precompressed
            ),
            .. Unsupported(
                "build for nginx or Caddy, or put one of them in front of the scripts and `proxy` to it",
                RouteFields.FastCgi,
                FastCgiFields.Server,
                FastCgiFields.Root,
                FastCgiFields.LocalRoot,
                FastCgiFields.Index,
                FastCgiFields.Split,
                FastCgiFields.FrontController,
                FastCgiFields.Params
            ),
            .. Unsupported(
                "HAProxy can't ask a server before it forwards: build for nginx or Caddy",
                ForwardAuthFields.Url,
                ForwardAuthFields.Tls,
                ForwardAuthFields.CopyHeaders,
                ForwardAuthFields.SignIn
            ),
            .. Unsupported(
                "tunnels are V2Ray's and `confgen serve`'s",
                SpecFields.Tunnels,
                TunnelFields.Portal,
                TunnelFields.Bridge,
                TunnelFields.Domain,
                TunnelFields.Secret,
                TunnelFields.Id,
                PortalFields.Listen,
                PortalFields.Public,
                PortalFields.Entry,
                PortalFields.Tls,
                PortalTlsFields.Cert,
                PortalTlsFields.Key,
                BridgeFields.Forward,
                BridgeFields.Connections,
                BridgeFields.Ca
            ),
        ];

    // What HAProxy can't do yet may be switched off.
    private static Capability OffAlone<T>(Field field, Func<T, bool> isOn, string condition, string note)
        where T : SpecNode => Capability.For(field, Support.Unsupported, condition, isOn, note);
}
