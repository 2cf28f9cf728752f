using System.Buffers;

namespace Confgen.Model.RequestTargets;

/// <summary>
/// The path that an upstream could read where it is more lenient than the rules that chose the route: one that decodes twice, takes overlong UTF-8,
/// <c>\</c> for a slash, cuts path parameters (<c>;x</c>), or ignores what ends a segment as Windows does. A guard must give the same verdict on both.
/// </summary>
public static class LenientPath
{
    // No program decodes more often than this.
    private const int MostRounds = 4;

    private static readonly SearchValues<char> _signs = SearchValues.Create("%;\\");

    /// <summary>Whether a raw path could be read in another way at all, as hardly any can.</summary>
    public static bool IsSuspect(ReadOnlySpan<char> rawPath) =>
        rawPath.IndexOfAny(_signs) >= 0 || rawPath.IndexOf("./") >= 0 || rawPath.EndsWith('.');

    /// <summary>Writes the most lenient reading, normalised.</summary>
    /// <param name="rawPath">The raw path, a character for each byte, which <see cref="TargetInspection"/> doesn't refuse.</param>
    /// <param name="destination">As long as the raw path, or longer.</param>
    /// <returns>The bytes written; -1 where it holds a <c>..</c> segment or a NUL, which nobody sends for any good.</returns>
    public static int Write(ReadOnlySpan<char> rawPath, Span<byte> destination)
    {
        Span<byte> path = destination[..System.Text.Encoding.Latin1.GetBytes(rawPath, destination)];
        for (int round = 0; round < MostRounds; round++)
        {
            int length = Decode(path);
            if (length == path.Length)
            {
                break;
            }

            path = path[..length];
        }

        return path.Contains((byte)0) ? -1 : Normalize(path.IndexOfAny((byte)'?', (byte)'#') is >= 0 and var end ? path[..end] : path);
    }

    // One round of decoding in place: valid escapes, then what overlong UTF-8 stands for.
    private static int Decode(Span<byte> path)
    {
        int written = 0;
        for (int at = 0; at < path.Length; written++)
        {
            if (path[at] == '%' && at + 2 < path.Length && char.IsAsciiHexDigit((char)path[at + 1]) && char.IsAsciiHexDigit((char)path[at + 2]))
            {
                path[written] = (byte)((Digit(path[at + 1]) << 4) | Digit(path[at + 2]));
                at += 3;
            }
            else
            {
                path[written] = path[at++];
            }
        }

        path = path[..written];
        written = 0;
        for (int at = 0; at < path.Length; written++)
        {
            (int size, byte value) = Overlong(path[at..]);
            path[written] = value;
            at += size;
        }

        return written;
    }

    // An ASCII character in more bytes than one (RFC 3629, section 3, forbids it), or the next byte as it is.
    private static (int Size, byte Value) Overlong(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xC0 or 0xC1, >= 0x80 and <= 0xBF, ..] => (2, (byte)(((bytes[0] & 1) << 6) | (bytes[1] & 0x3F))),
        [0xE0, 0x80 or 0x81, >= 0x80 and <= 0xBF, ..] => (3, (byte)(((bytes[1] & 1) << 6) | (bytes[2] & 0x3F))),
        [0xF0, 0x80, 0x80 or 0x81, >= 0x80 and <= 0xBF, ..] => (4, (byte)(((bytes[2] & 1) << 6) | (bytes[3] & 0x3F))),
        _ => (1, bytes[0]),
    };

    private static int Normalize(Span<byte> path)
    {
        (int written, bool endsInSlash) = (0, true);
        for (int at = 0; at < path.Length;)
        {
            int length = path[at..].IndexOfAny((byte)'/', (byte)'\\');
            Span<byte> segment = length < 0 ? path[at..] : path.Slice(at, length);
            at += length < 0 ? segment.Length : length + 1;
            endsInSlash = length >= 0;
            if (segment.IndexOf((byte)';') is >= 0 and var parameter)
            {
                segment = segment[..parameter];
            }

            while (segment is [.., <= (byte)' '])
            {
                segment = segment[..^1];
            }

            if (segment.IndexOfAnyExcept((byte)'.') < 0)
            {
                // Empty, or dots alone: more than two are the parents of parents to some.
                if (segment.Length > 1)
                {
                    return -1;
                }

                endsInSlash = true;
                continue;
            }

            segment = segment.TrimEnd((byte)'.');
            path[written++] = (byte)'/';
            segment.CopyTo(path[written..]);
            written += segment.Length;
        }

        if (endsInSlash)
        {
            path[written++] = (byte)'/';
        }

        return written;
    }

    private static int Digit(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;
}
