using System.Net.Quic;

namespace Confgen.Runtime.Http3.Quic;

/// <summary>Whether the platform has QUIC. On Linux and macOS it is msquic's library, which distributions don't ship with .NET.</summary>
internal static class QuicPlatform
{
    /// <summary>What is missing, and how to get it.</summary>
    public const string Missing =
        "HTTP/3 needs QUIC, and this system has none: on Linux install libmsquic, 2.2 or later (github.com/microsoft/msquic), on Windows "
        + "use 11 or Server 2022; "
        + "until then clients use HTTP/2 and are told of nothing else";

    /// <summary>Whether it is here.</summary>
    public static bool IsHere { get; } = QuicListener.IsSupported;
}
