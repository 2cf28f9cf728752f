using System.Security.Cryptography;
using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>The proof that a server means WebSocket by its 101 and not something else (RFC 6455, section 4.2.2).</summary>
internal static class WebSocketKey
{
    /// <summary>The request's field.</summary>
    public static ReadOnlySpan<byte> Name => "sec-websocket-key"u8;

    /// <summary>The response's field.</summary>
    public static ReadOnlySpan<byte> AcceptName => "sec-websocket-accept"u8;

    /// <summary>Whether the response proves it for the request's key.</summary>
    public static bool IsAccepted(FieldList request, FieldList response)
    {
        int key = request.IndexOf(Name);
        int accept = response.IndexOf(AcceptName);
        return key >= 0
            && accept >= 0
            && Encoding.ASCII.GetBytes(AcceptOf(request.ValueText(key))).AsSpan().SequenceEqual(response.Value(accept));
    }

#pragma warning disable CA5350 // RFC 6455 has SHA-1, and nothing secret depends on it.
    private static string AcceptOf(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
