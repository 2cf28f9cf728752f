using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Listeners;

/// <summary>How listeners relate to each other.</summary>
internal static class ListenAddresses
{
    /// <summary>Whether the listener accepts on every address of the host, of one family or of both.</summary>
    public static bool IsWildcard(this ListenAddress listen) => listen.SocketPath is null && listen.Address is null or "0.0.0.0" or "::";

    /// <summary>Whether only this machine reaches the listener.</summary>
    public static bool IsLocal(this ListenAddress listen) =>
        listen.SocketPath is not null || listen.Address is "::1" || listen.Address?.StartsWith("127.", StringComparison.Ordinal) == true;

    /// <summary>The https port that a plain request of the site is sent to: 443 if it is among them, else the first.</summary>
    public static int RedirectPort(this Site site) =>
        site.Listen.Any(l => l.Port == 443) ? 443
        : site.Listen.Count > 0 ? site.Listen[0].Port
        : 443;
}
