using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx.Building;

/// <summary>What a version has, where that decides what is written.</summary>
internal sealed class NginxFeatures(TargetVersion version)
{
    /// <summary>1.19.7: requests over HTTP/2 have the limits of all others.</summary>
    public bool SharedHeadLimits { get; } = version >= new TargetVersion(1, 19, 7);

    /// <summary>1.21.4: a stream's direction may end while the other goes on.</summary>
    public bool HalfClose { get; } = HalfCloses.Contains(version);

    /// <summary>1.25.0: QUIC.</summary>
    public bool Http3 { get; } = version >= new TargetVersion(1, 25);

    /// <summary>1.25.1: <c>http2</c> is a directive of its own, and a server's own.</summary>
    public bool Http2Directive { get; } = version >= new TargetVersion(1, 25, 1);

    /// <summary>1.27.2: trailers of upstreams pass.</summary>
    public bool Trailers { get; } = version >= new TargetVersion(1, 27, 2);

    /// <summary>1.27.3: names of upstream servers are resolved again, and by SRV records.</summary>
    public bool Resolve { get; } = Discovery.Contains(version);

    /// <summary>1.29.0: informational answers of upstreams pass.</summary>
    public bool EarlyHints { get; } = version >= new TargetVersion(1, 29);

    /// <summary>1.29.4: HTTP/2 to upstreams.</summary>
    public bool Http2Upstreams { get; } = Http2Proxy.Contains(version);

    /// <summary>1.29.6: sticky sessions.</summary>
    public bool Sticky { get; } = StickySessions.Contains(version);

    /// <summary>1.29.7: connections to servers are kept unless the configuration says otherwise.</summary>
    public bool KeepsConnections { get; } = version >= new TargetVersion(1, 29, 7);

    public static readonly VersionRange HalfCloses = new(new TargetVersion(1, 21, 4));
    public static readonly VersionRange Discovery = new(new TargetVersion(1, 27, 3));
    public static readonly VersionRange Http2Proxy = new(new TargetVersion(1, 29, 4));
    public static readonly VersionRange StickySessions = new(new TargetVersion(1, 29, 6));
}
