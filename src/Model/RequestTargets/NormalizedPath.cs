using System.Text;

namespace Confgen.Model.RequestTargets;

/// <summary>
/// The path that routes are chosen by: (1) every escape is decoded once, <c>%2F</c> too; (2) slashes in a row are one; (3) <c>.</c>
/// segments are removed, and what stood before one at the end keeps its slash (RFC 3986, section 5.2.4). As nginx's <c>$uri</c>.
/// </summary>
public static class NormalizedPath
{
    /// <summary>Writes the normal form of a raw path that <see cref="TargetInspection"/> doesn't refuse.</summary>
    /// <param name="rawPath">The raw path, a character for each byte.</param>
    /// <param name="destination">As long as the raw path, or longer.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(ReadOnlySpan<char> rawPath, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < rawPath.Length; )
        {
            byte b = PercentCode.Next(rawPath, ref at);
            if (b == '/' && written > 0)
            {
                // What ends here is an empty segment or a dot: the slash before it stays the last one.
                if (destination[written - 1] == '/')
                {
                    continue;
                }

                if (EndsInDotSegment(destination[..written]))
                {
                    written--;
                    continue;
                }
            }

            destination[written++] = b;
        }

        return EndsInDotSegment(destination[..written]) ? written - 1 : written;
    }

    /// <summary>The normal form of a raw path, a character for each byte.</summary>
    public static string Of(ReadOnlySpan<char> rawPath)
    {
        byte[] bytes = new byte[rawPath.Length];
        return Encoding.Latin1.GetString(bytes.AsSpan(0, Write(rawPath, bytes)));
    }

    private static bool EndsInDotSegment(ReadOnlySpan<byte> path) => path is [.., (byte)'/', (byte)'.'];
}
