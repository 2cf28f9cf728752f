using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Upstreams;

/// <summary>What the head of a request says about what follows it.</summary>
/// <param name="Body">How the body ends.</param>
/// <param name="Length">The length that the head tells, 0 included; null where it tells none.</param>
/// <param name="ExpectsContinue">Whether the client waits for 100 (Continue).</param>
/// <param name="Upgrades">Whether the connection is to go over to WebSocket; only over HTTP/1.1.</param>
/// <param name="TakesTrailers">Whether trailers of the response are welcome.</param>
/// <param name="IsLast">Whether the connection is not used again.</param>
internal readonly record struct RequestFraming(
    BodyFraming Body,
    long? Length,
    bool ExpectsContinue = false,
    bool Upgrades = false,
    bool TakesTrailers = false,
    bool IsLast = false
)
{
    /// <summary>Of a request without a body whose method has none (RFC 9110, section 8.6).</summary>
    public static readonly RequestFraming None = new(BodyFraming.None, null);
}
