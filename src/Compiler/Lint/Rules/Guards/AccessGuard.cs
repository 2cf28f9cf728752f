using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>What keeps people out. A rate limit does not: it only slows them down.</summary>
internal static class AccessGuard
{
    /// <summary>Whether only some may use the route: by credentials, address, certificate or an auth server's word.</summary>
    public static bool IsFenced(this Route route, Site site) =>
        route.BasicAuth is not null || route.ForwardAuth is not null || !route.Access.IsOpen || site.Tls?.ClientCa is not null;

    /// <summary>The field that fences the route, as messages name it.</summary>
    public static string FenceField(this Route route) =>
        route.BasicAuth is not null ? "basic_auth"
        : route.ForwardAuth is not null ? "forward_auth"
        : route.Access.Allow.Count > 0 ? "allow"
        : route.Access.Deny.Count > 0 ? "deny"
        : "client_ca";
}
