using System.Net;
using System.Text;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>The first bytes of a TLS handshake.</summary>
internal static class ClientHellos
{
    /// <summary>A record with the ClientHello of TLS 1.2 for a name, with these protocols of ALPN.</summary>
    public static byte[] Of(string name, params string[] protocols)
    {
        static byte[] Vector(int prefix, params byte[][] parts)
        {
            byte[] content = [.. parts.SelectMany(p => p)];
            byte[] length = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(content.Length));
            return [.. length[(4 - prefix)..], .. content];
        }

        byte[] alpn = [0, 16, .. Vector(2, Vector(2, [.. protocols.Select(p => Vector(1, Encoding.ASCII.GetBytes(p)))]))];
        byte[] sni = [0, 0, .. Vector(2, Vector(2, [0], Vector(2, Encoding.ASCII.GetBytes(name))))];
        byte[] versions = [0, 43, .. Vector(2, Vector(1, [3, 3]))];
        byte[] groups = [0, 10, .. Vector(2, Vector(2, [0, 23]))];
        byte[] signatures = [0, 13, .. Vector(2, Vector(2, [4, 3]))];
        byte[] body =
        [
            3,
            3,
            .. new byte[32],
            0,
            .. Vector(2, [0xC0, 0x2B]),
            .. Vector(1, [0]),
            .. Vector(2, sni, versions, groups, signatures, protocols.Length > 0 ? alpn : []),
        ];
        byte[] message = [1, .. Vector(3, body)];
        return [22, 3, 1, .. Vector(2, message)];
    }
}
