using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>An address that a server listens on.</summary>
/// <param name="Address">The address.</param>
[TemplateView]
internal sealed partial record ListenView(string Address)
{
    public bool Ssl { get; init; }

    /// <summary>Whether HTTP/2 is offered here; newer versions say so in the server.</summary>
    public bool Http2 { get; init; }

    public bool Quic { get; init; }

    public bool Reuseport { get; init; }

    /// <summary>Whether the server answers for hosts that no other one has.</summary>
    public bool Default { get; init; }
}
