using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Guards;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.Traefik;

internal static partial class TraefikCapabilities
{
    private static IEnumerable<Capability> NotAtAll() =>
        [
            .. Unsupported(
                "Traefik serves no files: put a web server behind it, or run `confgen serve`",
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
                "each middleware of Traefik must let a request pass: write a route with match.client for the addresses, and one behind it",
                RouteFields.Satisfy
            ),
            .. Unsupported(
                "Traefik speaks no FastCGI: put nginx, Caddy or `confgen serve` in front of the scripts, and `proxy` to it",
                RouteFields.FastCgi,
                FastCgiFields.Server,
                FastCgiFields.Root,
                FastCgiFields.LocalRoot,
                FastCgiFields.Index,
                FastCgiFields.Split,
                FastCgiFields.FrontController,
                FastCgiFields.Params
            ),
            Capability.For<ForwardAuth>(
                ForwardAuthFields.Tls,
                Support.Unsupported,
                "with `server_name`",
                static auth => auth.Tls.ServerName is not null,
                "Traefik takes the name from the URL: write it there"
            ),
            .. Unsupported(
                "Traefik relays the auth server's response: ask at a path that redirects by itself, as Authelia's /api/authz/forward-auth",
                ForwardAuthFields.SignIn
            ),
            .. Unsupported(
                "let the upstream write its public URLs, or build for nginx or Caddy",
                RouteFields.RewriteResponse,
                RewriteResponseFields.Location,
                RewriteResponseFields.CookiePath,
                RewriteResponseFields.CookieDomain
            ),
            .. Unsupported(
                "errors have the status's words as the body here; build for nginx or Caddy",
                RouteFields.Errors,
                ErrorsFields.Intercept,
                ErrorPageFields.File,
                ErrorPageFields.Body,
                ErrorPageFields.ContentType,
                ErrorPageFields.Proxy,
                ErrorPageFields.Status
            ),
            .. Unsupported(
                "confgen writes no TCP routers of Traefik: build for nginx or HAProxy, or run `confgen serve`",
                [SpecFields.Streams, .. StreamFields.All]
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
}
