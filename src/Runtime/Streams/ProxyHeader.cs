using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Confgen.Model.Streams;

namespace Confgen.Runtime.Streams;

/// <summary>The header of the PROXY protocol, of version 1 and 2.</summary>
/// <param name="Source">The client; null where it has no address, or none is told.</param>
/// <param name="Destination">Where it connected to; null where that isn't told.</param>
/// <param name="IsLocal">Whether the connection is the proxy's own, or its addresses are unknown: then the socket's hold.</param>
internal sealed record ProxyHeader(IPEndPoint? Source, IPEndPoint? Destination, bool IsLocal = false)
{
    // The longest line of version 1, with its end.
    private const int LongestLine = 107;

    // What is taken of version 2 with its further fields.
    private const int Most = 4 * 1024;

    private const int HeadLength = 16;
    private static readonly byte[] _signature = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];
    private static readonly byte[] _word = "PROXY "u8.ToArray();

    /// <summary>What a socket says of itself.</summary>
    public static ProxyHeader Of(Socket socket) => new(Plain(socket.RemoteEndPoint), Plain(socket.LocalEndPoint));

    /// <summary>Reads one: true for a whole one, false for what is none, null where more bytes are needed.</summary>
    /// <param name="received">What was received.</param>
    /// <param name="header">The header.</param>
    /// <param name="length">Its length.</param>
    public static bool? TryRead(ReadOnlySpan<byte> received, out ProxyHeader? header, out int length)
    {
        (header, length) = (null, 0);
        if (Begins(received, _signature))
        {
            return received.Length < HeadLength ? null : ReadBinary(received, out header, out length);
        }

        if (!Begins(received, _word))
        {
            return false;
        }

        int end = received[..Math.Min(received.Length, LongestLine)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return received.Length < LongestLine ? null : false;
        }

        length = end + 2;
        header = ReadLine(received[..end]);
        return header is not null;
    }

    /// <summary>The bytes of one.</summary>
    public byte[] Write(ProxyHeaderVersion version)
    {
        bool isKnown = Source is not null && Destination is not null && Source.AddressFamily == Destination.AddressFamily;
        return version == ProxyHeaderVersion.V1 ? Encoding.ASCII.GetBytes(Line(isKnown)) : Binary(isKnown);
    }

    private string Line(bool isKnown) =>
        isKnown && Source is { } source && Destination is { } destination
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"PROXY {(IsV4(source) ? "TCP4" : "TCP6")} {source.Address} {destination.Address} {source.Port} {destination.Port}\r\n"
            )
            : "PROXY UNKNOWN\r\n";

    private byte[] Binary(bool isKnown)
    {
        if (!isKnown || Source is not { } source || Destination is not { } destination)
        {
            return [.. _signature, 0x20, 0x00, 0, 0];
        }

        byte[] ports = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(ports, (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(ports.AsSpan(2), (ushort)destination.Port);
        byte[] addresses = [.. source.Address.GetAddressBytes(), .. destination.Address.GetAddressBytes(), .. ports];
        return [.. _signature, 0x21, (byte)(IsV4(source) ? 0x11 : 0x21), 0, (byte)addresses.Length, .. addresses];
    }

    private static bool? ReadBinary(ReadOnlySpan<byte> received, out ProxyHeader? header, out int length)
    {
        header = null;
        (byte command, byte family) = (received[12], received[13]);
        int rest = BinaryPrimitives.ReadUInt16BigEndian(received[14..]);
        length = HeadLength + rest;
        if (command is not (0x20 or 0x21) || length > Most)
        {
            return false;
        }

        if (received.Length < length)
        {
            return null;
        }

        int size = family switch
        {
            0x11 => 4,
            0x21 => 16,
            _ => 0,
        };
        if (command == 0x20 || size == 0)
        {
            // The other side's own check, a unix socket, or a family without an address.
            header = new ProxyHeader(null, null, IsLocal: true);
            return true;
        }

        if (rest < (2 * size) + 4)
        {
            return false;
        }

        ReadOnlySpan<byte> body = received[HeadLength..];
        header = new ProxyHeader(
            new IPEndPoint(new IPAddress(body[..size]), BinaryPrimitives.ReadUInt16BigEndian(body[(2 * size)..])),
            new IPEndPoint(new IPAddress(body.Slice(size, size)), BinaryPrimitives.ReadUInt16BigEndian(body[((2 * size) + 2)..]))
        );
        return true;
    }

    private static ProxyHeader? ReadLine(ReadOnlySpan<byte> line)
    {
        string[] words = Encoding.Latin1.GetString(line).Split(' ');
        return words switch
        {
            [_, "UNKNOWN", ..] => new ProxyHeader(null, null, IsLocal: true),
            [_, "TCP4" or "TCP6", var source, var destination, var from, var to]
                when Read(source, from, words[1]) is { } client && Read(destination, to, words[1]) is { } server => new ProxyHeader(
                client,
                server
            ),
            _ => null,
        };
    }

    private static IPEndPoint? Read(string address, string port, string family) =>
        Model.Units.IpAddresses.TryParse(address, out IPAddress? ip)
        && (ip.AddressFamily == AddressFamily.InterNetwork) == (family == "TCP4")
        && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? new IPEndPoint(ip, number)
            : null;

    private static bool Begins(ReadOnlySpan<byte> received, byte[] with)
    {
        int length = Math.Min(received.Length, with.Length);
        return received[..length].SequenceEqual(with.AsSpan(0, length));
    }

    private static bool IsV4(IPEndPoint at) => at.AddressFamily == AddressFamily.InterNetwork;

    private static IPEndPoint? Plain(EndPoint? at) =>
        at is IPEndPoint ip ? new IPEndPoint(ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4() : ip.Address, ip.Port) : null;
}
