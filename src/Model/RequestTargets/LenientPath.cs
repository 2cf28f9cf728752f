using System.Buffers;

namespace Confgen.Model.RequestTargets;

/// <summary>
/// The path that an upstream could read where it is more lenient than the rules that chose the route: one that decodes twice, takes
/// overlong UTF-8, <c>\</c> for a slash, cuts path parameters (<c>;x</c>), or ignores what ends a segment as Windows does. A guard must
/// give the same verdict on each.
/// </summary>
public static class LenientPath
{
    [Flags]
    private enum Leniency
    {
        None = 0,
        Overlong = 1,
        Backslash = 2,
        Parameters = 4,
        Trailing = 8,

        // A decoded ? or # ends the path.
        Signs = 16,
        All = 31,
    }

    // No program decodes more often than this.
    private const int MostRounds = 4;

    private static readonly SearchValues<char> _signs = SearchValues.Create("%;\\");

    /// <summary>Whether a raw path could be read in another way at all, as hardly any can.</summary>
    public static bool IsSuspect(ReadOnlySpan<char> rawPath) =>
        rawPath.IndexOfAny(_signs) >= 0 || rawPath.IndexOf("./") >= 0 || rawPath.EndsWith('.');

    /// <summary>
    /// Every reading, normalised: escapes decoded once, twice and so on, with each combination of the other leniencies that the path gives
    /// occasion for. The most lenient one alone is not enough, since it may lead past the guard that a less lenient one leads to.
    /// </summary>
    /// <param name="rawPath">The raw path, a character for each byte, which <see cref="TargetInspection"/> doesn't refuse.</param>
    /// <returns>The readings; null where one holds a <c>..</c> segment or a NUL, which nobody sends for any good.</returns>
    public static IReadOnlyList<byte[]>? Readings(ReadOnlySpan<char> rawPath)
    {
        byte[] buffer = new byte[rawPath.Length];
        int whole = Decode(rawPath, buffer, MostRounds, Leniency.Overlong);
        Leniency possible =
            Occasions(buffer.AsSpan(0, whole))
            | (Decode(rawPath, buffer, MostRounds, Leniency.None) != whole ? Leniency.Overlong : Leniency.None);
        var readings = new List<byte[]>();
        for (int rounds = 1, before = rawPath.Length + 1; rounds <= MostRounds; rounds++)
        {
            // Where nothing is left to be decoded, further rounds give the same.
            int length = Decode(rawPath, buffer, rounds, possible & Leniency.Overlong);
            if (length == before)
            {
                break;
            }

            before = length;
            for (Leniency leniency = Leniency.None; leniency <= Leniency.All; leniency++)
            {
                if ((leniency & ~possible) != Leniency.None)
                {
                    continue;
                }

                Span<byte> path = buffer.AsSpan(0, Decode(rawPath, buffer, rounds, leniency));
                if (path.Contains((byte)0))
                {
                    return null;
                }

                path = leniency.HasFlag(Leniency.Signs) && path.IndexOfAny((byte)'?', (byte)'#') is >= 0 and var end ? path[..end] : path;
                int written = Normalize(path, leniency);
                if (written < 0)
                {
                    return null;
                }

                readings.Add(buffer[..written]);
            }
        }

        return readings;
    }

    // A path may get longer by its first slash alone, which every raw path has.
    private static int Decode(ReadOnlySpan<char> rawPath, Span<byte> destination, int rounds, Leniency leniency)
    {
        Span<byte> path = destination[..System.Text.Encoding.Latin1.GetBytes(rawPath, destination)];
        for (int round = 0; round < rounds; round++)
        {
            path = path[..Decode(path)];
            path = leniency.HasFlag(Leniency.Overlong) ? path[..Shorten(path)] : path;
        }

        return path.Length;
    }

    private static Leniency Occasions(ReadOnlySpan<byte> path) =>
        (path.Contains((byte)'\\') ? Leniency.Backslash : Leniency.None)
        | (path.Contains((byte)';') ? Leniency.Parameters : Leniency.None)
        | (path.IndexOfAny((byte)'?', (byte)'#') >= 0 ? Leniency.Signs : Leniency.None)
        | (path.Contains((byte)'.') || path.IndexOfAnyInRange((byte)0, (byte)' ') >= 0 ? Leniency.Trailing : Leniency.None);

    // One round of decoding in place.
    private static int Decode(Span<byte> path)
    {
        int written = 0;
        for (int at = 0; at < path.Length; written++)
        {
            if (
                path[at] == '%'
                && at + 2 < path.Length
                && char.IsAsciiHexDigit((char)path[at + 1])
                && char.IsAsciiHexDigit((char)path[at + 2])
            )
            {
                path[written] = (byte)((Digit(path[at + 1]) << 4) | Digit(path[at + 2]));
                at += 3;
            }
            else
            {
                path[written] = path[at++];
            }
        }

        return written;
    }

    private static int Shorten(Span<byte> path)
    {
        int written = 0;
        for (int at = 0; at < path.Length; written++)
        {
            (int size, byte value) = Overlong(path[at..]);
            path[written] = value;
            at += size;
        }

        return written;
    }

    // An ASCII character in more bytes than one (RFC 3629, section 3, forbids it), or the next byte as it is.
    private static (int Size, byte Value) Overlong(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xC0 or 0xC1, >= 0x80 and <= 0xBF, ..] => (2, (byte)(((bytes[0] & 1) << 6) | (bytes[1] & 0x3F))),
            [0xE0, 0x80 or 0x81, >= 0x80 and <= 0xBF, ..] => (3, (byte)(((bytes[1] & 1) << 6) | (bytes[2] & 0x3F))),
            [0xF0, 0x80, 0x80 or 0x81, >= 0x80 and <= 0xBF, ..] => (4, (byte)(((bytes[2] & 1) << 6) | (bytes[3] & 0x3F))),
            _ => (1, bytes[0]),
        };

    private static int Normalize(Span<byte> path, Leniency leniency)
    {
        (int written, bool endsInSlash) = (0, true);
        for (int at = 0; at < path.Length; )
        {
            int length = path[at..].IndexOfAny((byte)'/', leniency.HasFlag(Leniency.Backslash) ? (byte)'\\' : (byte)'/');
            Span<byte> segment = length < 0 ? path[at..] : path.Slice(at, length);
            at += length < 0 ? segment.Length : length + 1;
            endsInSlash = length >= 0;
            if (leniency.HasFlag(Leniency.Parameters) && segment.IndexOf((byte)';') is >= 0 and var parameter)
            {
                segment = segment[..parameter];
            }

            Span<byte> name = segment;
            while (
                leniency.HasFlag(Leniency.Trailing)
                    ? name is [.., <= (byte)' ' or (byte)'.']
                    : name.SequenceEqual("."u8) || name.SequenceEqual(".."u8)
            )
            {
                name = name[..^1];
            }

            if (name.IsEmpty)
            {
                // Nothing, or dots and blanks alone: more than two dots are the parents of parents to some.
                if (segment.Count((byte)'.') > 1)
                {
                    return -1;
                }

                endsInSlash = true;
                continue;
            }

            path[written++] = (byte)'/';
            name.CopyTo(path[written..]);
            written += name.Length;
        }

        if (endsInSlash)
        {
            path[written++] = (byte)'/';
        }

        return written;
    }

    private static int Digit(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;
}
