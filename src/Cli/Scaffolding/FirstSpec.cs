using Confgen.Model.Units;

namespace Confgen.Cli.Scaffolding;

/// <summary>What a first spec is made of; every text was checked, so that it can stand in quotes as it is.</summary>
/// <param name="Kind">What is behind the proxy.</param>
/// <param name="Known">For <see cref="FirstSpecKind.Known"/>: the application; else null.</param>
/// <param name="Host">The host that clients ask for; of a Matrix server the part behind the colon of user names.</param>
/// <param name="Upstream">The application's address.</param>
/// <param name="Apps">For <see cref="FirstSpecKind.Many"/>: each host with its application.</param>
/// <param name="Certificate">Where certificates come from: <c>auto</c>, <c>internal</c>, <c>off</c> or a folder of PEM files.</param>
internal sealed record FirstSpec(
    FirstSpecKind Kind,
    Application? Known,
    HostPattern Host,
    ServerAddress Upstream,
    IReadOnlyList<(HostPattern Host, ServerAddress Upstream)> Apps,
    string Certificate
)
{
    public const string Auto = "auto";

    public const string Internal = "internal";

    public const string Off = "off";

    /// <summary>Whether sites speak TLS.</summary>
    public bool HasTls => Certificate != Off;

    /// <summary>The scheme that clients use.</summary>
    public string Scheme => HasTls ? "https" : "http";
}
