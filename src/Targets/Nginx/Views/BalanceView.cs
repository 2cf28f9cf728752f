using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>How a group of servers is balanced, where it isn't round robin.</summary>
[TemplateView]
internal sealed partial record BalanceView
{
    public bool Random { get; init; }

    public bool LeastConn { get; init; }

    /// <summary>The variable whose hash chooses the server; or null.</summary>
    public string? HashKey { get; init; }

    /// <summary>Whether most keys keep their server when another one comes or goes.</summary>
    public bool Consistent { get; init; }

    /// <summary>The name of the cookie that nginx itself gives for a session; or null.</summary>
    public string? StickyCookie { get; init; }

    /// <summary>Whether that cookie is sent back over TLS alone.</summary>
    public bool Secure { get; init; }
}
