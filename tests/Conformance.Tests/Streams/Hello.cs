using System.Text;

namespace Confgen.Conformance.Tests.Streams;

/// <summary>Writes ClientHellos (RFC 8446, section 4.1.2).</summary>
internal static class Hello
{
    /// <summary>One in a single record.</summary>
    /// <param name="name">The server's name; null for none.</param>
    /// <param name="padding">Bytes of an extension that nobody knows.</param>
    public static byte[] Of(string? name, int padding = 0) => Record(Message(name, padding));

    /// <summary>One in records of a size.</summary>
    public static byte[] InRecords(string? name, int size) => [.. Message(name, 0).Chunk(size).SelectMany(Record)];

    private static byte[] Message(string? name, int padding)
    {
        byte[] host = Encoding.ASCII.GetBytes(name ?? "");
        byte[] list = [0, .. Vector(host, 2)];
        byte[] extensions =
        [
            .. padding > 0 ? [0xFA, 0xFA, .. Vector(new byte[padding], 2)] : Array.Empty<byte>(),
            .. name is null ? Array.Empty<byte>() : [0, 0, .. Vector(Vector(list, 2), 2)],
            0,
            43,
            .. Vector(Vector([3, 4], 1), 2),
        ];
        byte[] body = [3, 3, .. new byte[32], 0, .. Vector([0x13, 0x01], 2), 1, 0, .. Vector(extensions, 2)];
        return [1, .. Vector(body, 3)];
    }

    private static byte[] Record(byte[] content) => [22, 3, 1, .. Vector(content, 2)];

    private static byte[] Vector(byte[] content, int prefix) =>
        [.. Enumerable.Range(0, prefix).Select(i => (byte)(content.Length >> (8 * (prefix - 1 - i)))), .. content];
}
