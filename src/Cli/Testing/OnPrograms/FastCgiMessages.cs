using System.Buffers.Binary;
using System.Text;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>A FastCGI server's side of a connection with one request (FastCGI 1.0).</summary>
internal static class FastCgiMessages
{
    private const int HeadLength = 8;
    private const int LongestRecord = 65_535;
    private const byte Params = 4;
    private const byte Input = 5;
    private const byte Output = 6;
    private const byte End = 3;

    /// <summary>Reads a request: its parameters, and the length of its body. Null where the peer ends before it is whole.</summary>
    public static async Task<(IReadOnlyList<KeyValuePair<string, string>> Parameters, long Length)?> ReadAsync(
        Stream stream,
        CancellationToken stop
    )
    {
        var parameters = new MemoryStream();
        long length = 0;
        byte[] record = new byte[HeadLength + LongestRecord + byte.MaxValue];
        while (await stream.ReadAtLeastAsync(record.AsMemory(0, HeadLength), HeadLength, throwOnEndOfStream: false, stop) == HeadLength)
        {
            int content = BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(4));
            int rest = content + record[6];
            byte type = record[1];
            await stream.ReadExactlyAsync(record.AsMemory(0, rest), stop);
            if (type == Params)
            {
                parameters.Write(record, 0, content);
            }
            else if (type == Input && content == 0)
            {
                return (Pairs(parameters.ToArray()), length);
            }
            else if (type == Input)
            {
                length += content;
            }
        }

        return null;
    }

    /// <summary>Writes a response and its end.</summary>
    public static async Task WriteAsync(Stream stream, byte[] response, CancellationToken stop)
    {
        var records = new MemoryStream();
        Write(records, Output, response);
        Write(records, Output, []);
        Write(records, End, new byte[8]);
        await stream.WriteAsync(records.ToArray(), stop);
    }

    private static void Write(MemoryStream into, byte type, ReadOnlySpan<byte> content)
    {
        into.Write([1, type, 0, 1, (byte)(content.Length >> 8), (byte)content.Length, 0, 0]);
        into.Write(content);
    }

    private static List<KeyValuePair<string, string>> Pairs(byte[] bytes)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        int at = 0;
        while (at < bytes.Length)
        {
            int name = Length(bytes, ref at);
            int value = Length(bytes, ref at);
            pairs.Add(new(Encoding.Latin1.GetString(bytes, at, name), Encoding.Latin1.GetString(bytes, at + name, value)));
            at += name + value;
        }

        return pairs;
    }

    // A byte, or four of which the first has its highest bit set.
    private static int Length(byte[] bytes, ref int at)
    {
        if (bytes[at] < 0x80)
        {
            return bytes[at++];
        }

        at += 4;
        return BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at - 4)) & int.MaxValue;
    }
}
