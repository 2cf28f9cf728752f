using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A server of a group.</summary>
/// <param name="Address">Its address, or the name of its SRV records' domain.</param>
[TemplateView]
internal sealed partial record UpstreamServerView(string Address)
{
    /// <summary>The service of the SRV records that give the servers; null for one that is named.</summary>
    public string? Service { get; init; }

    /// <summary>Its share; null for 1.</summary>
    public int? Weight { get; init; }

    /// <summary>The most connections to it; null for any number.</summary>
    public int? MaxConns { get; init; }

    /// <summary>How many failures eject it; 0 for never, null for nginx's default.</summary>
    public string? MaxFails { get; init; }

    /// <summary>The time in which they are counted, and for which it is ejected.</summary>
    public string? FailTimeout { get; init; }

    public bool Backup { get; init; }

    public bool Down { get; init; }

    /// <summary>Whether its name is resolved again while nginx runs.</summary>
    public bool Resolve { get; init; }
}
