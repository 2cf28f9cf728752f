using System.Buffers.Binary;
using System.Net;

namespace Confgen.Runtime.Resolving;

/// <summary>A server's answer (RFC 1035, section 4.1).</summary>
/// <param name="Code">RCODE: 0 is good, 3 says that there is no such name; any other is the server's own failure.</param>
/// <param name="IsTruncated">Whether it didn't fit, so that it has to be asked for over TCP.</param>
/// <param name="Records">The records of the answer section that are understood.</param>
internal sealed record DnsAnswer(int Code, bool IsTruncated, IReadOnlyList<DnsRecord> Records)
{
    /// <summary>There is no such name.</summary>
    public const int NoSuchName = 3;

    private const int HeaderLength = 12;
    private const ushort Internet = 1;

    // A time to live with its first bit set is to be taken for 0 (RFC 2181, section 8).
    private const uint LongestTimeToLive = int.MaxValue;

    /// <summary>Reads the answer to a question; null where the bytes are not one, as when somebody else sent them.</summary>
    public static DnsAnswer? Read(ReadOnlySpan<byte> message, DnsQuery query)
    {
        // 1. The header: QR set, QDCOUNT 1, and the opcode of a standard query.
        if (message.Length < HeaderLength || Number(message, 0) != query.Id || (message[2] & 0xF8) != 0x80 || Number(message, 4) != 1)
        {
            return null;
        }

        // 2. The question, repeated.
        int at = HeaderLength;
        if (
            DnsName.Read(message, ref at) != query.Name
            || at + 4 > message.Length
            || Number(message, at) != (ushort)query.Type
            || Number(message, at + 2) != Internet
        )
        {
            return null;
        }

        at += 4;
        int code = message[3] & 0x0F;
        bool isTruncated = (message[2] & 0x02) != 0;

        // 3. The answer section; what follows it concerns nobody here.
        var records = new List<DnsRecord>();
        for (int left = isTruncated ? 0 : Number(message, 6); left > 0; left--)
        {
            if (!TryReadRecord(message, ref at, records))
            {
                return null;
            }
        }

        return new DnsAnswer(code, isTruncated, records);
    }

    private static bool TryReadRecord(ReadOnlySpan<byte> message, ref int at, List<DnsRecord> records)
    {
        if (DnsName.Read(message, ref at) is not { } owner || at + 10 > message.Length)
        {
            return false;
        }

        var type = (DnsRecordType)Number(message, at);
        bool isInternet = Number(message, at + 2) == Internet;
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]);
        int start = at + 10;
        int end = start + Number(message, at + 8);
        if (end > message.Length)
        {
            return false;
        }

        at = end;
        var life = TimeSpan.FromSeconds(seconds > LongestTimeToLive ? 0 : seconds);
        if (!isInternet || type is not (DnsRecordType.A or DnsRecordType.Aaaa or DnsRecordType.Cname or DnsRecordType.Srv))
        {
            return true;
        }

        if (ReadData(message[..end], start, type, owner, life) is not { } record)
        {
            return false;
        }

        records.Add(record);
        return true;
    }

    private static DnsRecord? ReadData(ReadOnlySpan<byte> message, int start, DnsRecordType type, string owner, TimeSpan life)
    {
        ReadOnlySpan<byte> data = message[start..];
        switch (type)
        {
            case DnsRecordType.A when data.Length == 4:
            case DnsRecordType.Aaaa when data.Length == 16:
                return new AddressRecord(owner, life, new IPAddress(data));
            case DnsRecordType.Cname:
                return DnsName.Read(message, ref start) is { } alias && start == message.Length
                    ? new CnameRecord(owner, life, alias)
                    : null;
            case DnsRecordType.Srv when data.Length > 6:
                int at = start + 6;
                return DnsName.Read(message, ref at) is { } target && at == message.Length
                    ? new SrvRecord(owner, life, Number(data, 0), Number(data, 2), Number(data, 4), target)
                    : null;
            default:
                return null;
        }
    }

    private static ushort Number(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
}
