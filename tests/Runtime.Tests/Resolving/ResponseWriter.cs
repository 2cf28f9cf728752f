using System.Buffers.Binary;
using System.Text;
using Confgen.Runtime.Resolving;

namespace Confgen.Runtime.Tests.Resolving;

/// <summary>Writes answers as a DNS server does, with names compressed wherever they can be.</summary>
internal sealed class ResponseWriter
{
    private readonly List<byte> _message = [];
    private readonly Dictionary<string, int> _places = [];

    public static byte[] Write(DnsQuery query, IReadOnlyList<DnsRecord> records, int code = 0, bool truncated = false)
    {
        var writer = new ResponseWriter();
        writer.Number(query.Id);
        writer.Number(0x8180 | code | (truncated ? 0x0200 : 0));
        writer.Number(1);
        writer.Number(records.Count);
        writer.Number(0);
        writer.Number(0);
        writer.Name(query.Name);
        writer.Number((int)query.Type);
        writer.Number(1);
        foreach (DnsRecord record in records)
        {
            writer.Record(record);
        }

        return [.. writer._message];
    }

    private void Record(DnsRecord record)
    {
        Name(record.Owner);
        Number(
            record switch
            {
                AddressRecord { Address: var a } => a.GetAddressBytes().Length == 4 ? 1 : 28,
                CnameRecord => 5,
                SrvRecord => 33,
                _ => throw new InvalidOperationException(),
            }
        );
        Number(1);
        Number((int)record.TimeToLive.TotalSeconds >> 16);
        Number((int)record.TimeToLive.TotalSeconds & 0xFFFF);
        int length = _message.Count;
        Number(0);
        switch (record)
        {
            case AddressRecord address:
                _message.AddRange(address.Address.GetAddressBytes());
                break;
            case CnameRecord alias:
                Name(alias.Target);
                break;
            case SrvRecord server:
                Number(server.Priority);
                Number(server.Weight);
                Number(server.Port);
                Name(server.Target);
                break;
        }

        Span<byte> size = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)(_message.Count - length - 2));
        (_message[length], _message[length + 1]) = (size[0], size[1]);
    }

    private void Name(string name)
    {
        string rest = name;
        while (rest.Length > 0)
        {
            if (_places.TryGetValue(rest, out int place))
            {
                Number(0xC000 | place);
                return;
            }

            if (_message.Count < 0x4000)
            {
                _places.Add(rest, _message.Count);
            }

            string label = rest.Split('.')[0];
            _message.Add((byte)label.Length);
            _message.AddRange(Encoding.ASCII.GetBytes(label));
            rest = rest[Math.Min(rest.Length, label.Length + 1)..];
        }

        _message.Add(0);
    }

    private void Number(int number) => _message.AddRange([(byte)(number >> 8), (byte)number]);
}
