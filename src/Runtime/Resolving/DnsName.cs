using System.Globalization;
using System.Text;

namespace Confgen.Runtime.Resolving;

/// <summary>Domain names on the wire (RFC 1035, sections 3.1 and 4.1.4).</summary>
internal static class DnsName
{
    private const int LongestLabel = 63;
    private const int LongestName = 255;
    private const int PointerMark = 0xC0;

    /// <summary>Writes a name without its final dot; false where it has no form on the wire.</summary>
    public static bool TryWrite(string name, List<byte> message)
    {
        int start = message.Count;
        foreach (string label in name.Split('.'))
        {
            if (label.Length is 0 or > LongestLabel || label.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                return false;
            }

            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }

        message.Add(0);
        return message.Count - start <= LongestName;
    }

    /// <summary>
    /// Reads a name in lower case, without its final dot, and moves behind it; null where the bytes are none. A pointer may only lead back,
    /// so that a message can't hold its reader; bytes that a host's name can't have become <c>\DDD</c>, as in zone files.
    /// </summary>
    public static string? Read(ReadOnlySpan<byte> message, ref int at)
    {
        var name = new StringBuilder();
        int length = 1;
        int place = at;
        int lowest = at;
        bool isBehind = false;
        while (place < message.Length)
        {
            int size = message[place];
            if (size == 0)
            {
                at = isBehind ? at : place + 1;
                return name.ToString();
            }

            if ((size & PointerMark) == PointerMark)
            {
                if (place + 1 >= message.Length)
                {
                    return null;
                }

                int target = ((size & ~PointerMark) << 8) | message[place + 1];
                if (target >= lowest)
                {
                    return null;
                }

                at = isBehind ? at : place + 2;
                isBehind = true;
                (place, lowest) = (target, target);
                continue;
            }

            length += size + 1;
            if (size > LongestLabel || length > LongestName || place + 1 + size > message.Length)
            {
                return null;
            }

            if (name.Length > 0)
            {
                name.Append('.');
            }

            AppendLabel(name, message.Slice(place + 1, size));
            place += size + 1;
        }

        return null;
    }

    private static void AppendLabel(StringBuilder name, ReadOnlySpan<byte> label)
    {
        foreach (byte octet in label)
        {
            char c = char.ToLowerInvariant((char)octet);
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')
            {
                name.Append(c);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
            }
        }
    }
}
