using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Confgen.Runtime.Resolving;

/// <summary>A question to a DNS server (RFC 1035, section 4.1). Its number can't be guessed, so that nobody else can answer it.</summary>
internal sealed class DnsQuery
{
    // RD: the server shall ask others.
    private const ushort RecursionDesired = 0x0100;
    private const ushort Internet = 1;

    private DnsQuery(ushort id, string name, DnsRecordType type, byte[] bytes) => (Id, Name, Type, Bytes) = (id, name, type, bytes);

    /// <summary>Its number, which the answer repeats.</summary>
    public ushort Id { get; }

    /// <summary>The name asked about, in lower case.</summary>
    public string Name { get; }

    /// <summary>The type of the records asked for.</summary>
    public DnsRecordType Type { get; }

    /// <summary>The message.</summary>
    public byte[] Bytes { get; }

    /// <summary>A question; null where the name can't be asked about.</summary>
    public static DnsQuery? Of(string name, DnsRecordType type)
    {
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        var message = new List<byte>(64);
        Add(message, id);
        Add(message, RecursionDesired);
        Add(message, 1);
        Add(message, 0);
        Add(message, 0);
        Add(message, 0);
        if (!DnsName.TryWrite(name, message))
        {
            return null;
        }

        Add(message, (ushort)type);
        Add(message, Internet);
        return new DnsQuery(id, name.ToLowerInvariant(), type, [.. message]);
    }

    private static void Add(List<byte> message, ushort number)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        message.AddRange(bytes);
    }
}
