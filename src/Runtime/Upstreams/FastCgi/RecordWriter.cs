using System.Buffers.Binary;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>Writes records and parameters (FastCGI 1.0, sections 3.3 and 3.4).</summary>
internal static class RecordWriter
{
    public const byte Version = 1;

    /// <summary>A connection carries one request alone.</summary>
    public const ushort RequestId = 1;

    public const int HeadLength = 8;
    public const int LongestContent = ushort.MaxValue;

    private const byte Responder = 1;
    private const int LongestShortLength = 127;

    /// <summary>Writes the record that begins a request, after which the server closes the connection.</summary>
    public static void WriteBegin(OutputBuffer output) => WriteRecord(output, RecordType.BeginRequest, [0, Responder, 0, 0, 0, 0, 0, 0]);

    /// <summary>Writes bytes of a stream, in as many records as they need.</summary>
    public static void WriteStream(OutputBuffer output, RecordType type, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> content = bytes[..Math.Min(bytes.Length, LongestContent)];
            WriteRecord(output, type, content);
            bytes = bytes[content.Length..];
        }
    }

    /// <summary>Ends a stream.</summary>
    public static void WriteEnd(OutputBuffer output, RecordType type) => WriteRecord(output, type, []);

    /// <summary>Writes a parameter; name and value have a character for each byte.</summary>
    public static void WriteParam(OutputBuffer output, string name, string value)
    {
        WriteLength(output, name.Length);
        WriteLength(output, value.Length);
        output.WriteLatin1(name);
        output.WriteLatin1(value);
    }

    private static void WriteRecord(OutputBuffer output, RecordType type, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        (head[0], head[1]) = (Version, (byte)type);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], RequestId);
        BinaryPrimitives.WriteUInt16BigEndian(head[4..], (ushort)content.Length);
        output.Write(head);
        output.Write(content);
    }

    private static void WriteLength(OutputBuffer output, int length)
    {
        if (length <= LongestShortLength)
        {
            output.Write([(byte)length]);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)length | 0x8000_0000);
        output.Write(bytes);
    }
}
