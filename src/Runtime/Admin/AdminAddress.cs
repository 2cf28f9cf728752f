using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Admin;

/// <summary>
/// Where the operator asks: an address of this host, or a unix socket. Anybody who reaches it reads everything, so others must be asked for
/// by a word.
/// </summary>
/// <param name="EndPoint">What is bound.</param>
/// <param name="IsPublic">Whether the word was said.</param>
public sealed record AdminAddress(EndPoint EndPoint, bool IsPublic)
{
    private const string PublicWord = "public:";
    private const string SocketWord = "unix:";

    /// <summary>
    /// Reads <c>127.0.0.1:9180</c>, <c>[::1]:9180</c>, <c>localhost:9180</c>, <c>unix:/run/confgen/admin.sock</c> or
    /// <c>public:0.0.0.0:9180</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The address.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out AdminAddress? value, out string? problem)
    {
        value = null;
        problem = null;
        if (text.StartsWith(SocketWord, StringComparison.Ordinal))
        {
            string path = text[SocketWord.Length..];
            if (!path.StartsWith('/') || path.Length > 107)
            {
                problem = $"'{text}': a unix socket has an absolute path of at most 107 bytes, as unix:/run/confgen/admin.sock";
                return false;
            }

            value = new AdminAddress(new UnixDomainSocketEndPoint(path), IsPublic: false);
            return true;
        }

        bool isPublic = text.StartsWith(PublicWord, StringComparison.Ordinal);
        string address = isPublic ? text[PublicWord.Length..] : text;
        address = address.StartsWith("localhost:", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1{address["localhost".Length..]}")
            : address;
        if (!IPEndPoint.TryParse(address, out IPEndPoint? endPoint) || endPoint.Port == 0)
        {
            problem = $"invalid address with a port '{text}': write 127.0.0.1:9180, [::1]:9180 or unix:/run/confgen/admin.sock";
            return false;
        }

        if (!isPublic && !IPAddress.IsLoopback(endPoint.Address))
        {
            problem =
                $"'{text}' can be reached from other hosts, which could read all of it: write 127.0.0.1:{endPoint.Port}, or "
                + $"{PublicWord}{text} if you mean it";
            return false;
        }

        value = new AdminAddress(endPoint, isPublic);
        return true;
    }

    /// <summary>The address as it is written.</summary>
    public override string ToString() => EndPoint is UnixDomainSocketEndPoint ? SocketWord + EndPoint : $"http://{EndPoint}";
}
