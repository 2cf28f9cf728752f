using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>An address whose other hosts are no site's.</summary>
/// <param name="Address">As <c>http://</c>.</param>
/// <param name="Bind">The interface, or null.</param>
/// <param name="Cert">The certificate for handshakes that name an unknown host; or null.</param>
/// <param name="Key">Its key; or null.</param>
/// <param name="Log">The log of every request, or null.</param>
[TemplateView]
internal sealed partial record CatchAllSitesView(string Address, string? Bind, string? Cert, string? Key, LogView? Log)
{
    /// <summary>Whether there is nothing to say beside the address and the certificate.</summary>
    public bool IsPlain => Bind is null && Log is null;

    /// <summary>Whether the log is a file, which a snippet takes.</summary>
    public bool LogsToFile => Bind is null && Log is { File: not null };
}
