using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>The whole configuration: every text is quoted.</summary>
[TemplateView]
internal sealed partial record HAProxyView
{
    /// <summary>The release that will read it.</summary>
    public required string Version { get; init; }

    /// <summary>The size of a buffer, which must hold a head and what rules add to it.</summary>
    public required long BufferSize { get; init; }

    /// <summary>Whether keys have the name of their certificate with <c>.key</c> instead of <c>.crt</c>.</summary>
    public bool KeysBesideCertificates { get; init; }

    /// <summary>Certificates with keys of other names, as <c>crt-store</c> loads them.</summary>
    public required IReadOnlyList<CertificateView> Certificates { get; init; }

    /// <summary>Lists of certificates for listeners with several sites.</summary>
    public required IReadOnlyList<CertificateListView> Lists { get; init; }

    /// <summary>Maps of hosts and paths.</summary>
    public required IReadOnlyList<MapView> Maps { get; init; }

    /// <summary>Whether files stand beside the main one.</summary>
    public bool HasLists => Lists.Count > 0 || Maps.Count > 0;

    /// <summary>The lists of users.</summary>
    public required IReadOnlyList<UserListView> UserLists { get; init; }

    /// <summary>The name servers that are asked for servers.</summary>
    public required IReadOnlyList<ResolversView> Resolvers { get; init; }

    /// <summary>The trusted proxies' addresses; empty for none.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }

    /// <summary>Whether a backend forwards to servers.</summary>
    public bool Proxies { get; init; }

    /// <summary>Whether a length of zero can be added to requests without a body.</summary>
    public bool TellsNoBody { get; init; }

    /// <summary>The listeners.</summary>
    public required IReadOnlyList<FrontendView> Frontends { get; init; }

    /// <summary>The frontends and backends of streams.</summary>
    public required IReadOnlyList<StreamSectionView> Streams { get; init; }

    /// <summary>What is done with requests.</summary>
    public required IReadOnlyList<BackendView> Backends { get; init; }
}
