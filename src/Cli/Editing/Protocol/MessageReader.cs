using System.Globalization;
using System.Text;

namespace Confgen.Cli.Editing.Protocol;

/// <summary>
/// Reads messages of the Language Server Protocol's base protocol: fields as those of HTTP, an empty line, and <c>Content-Length</c> bytes
/// of JSON.
/// </summary>
internal sealed class MessageReader(Stream input)
{
    // More than any spec that the compiler takes, escaped.
    private const int LongestMessage = 64 * 1024 * 1024;
    private const int LongestField = 4096;

    /// <summary>The bytes of the next message; null at the end of the input.</summary>
    /// <exception cref="InvalidDataException">The fields before a message are no such fields; where it ends is not known then.</exception>
    public byte[]? Read()
    {
        int length = -1;
        while (true)
        {
            string? field = ReadLine();
            if (field is null)
            {
                return null;
            }

            if (field.Length == 0)
            {
                break;
            }

            int colon = field.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new InvalidDataException($"'{Shortened(field)}' is no field of a message");
            }

            if (
                field.AsSpan(0, colon).Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                && !int.TryParse(field.AsSpan(colon + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out length)
            )
            {
                throw new InvalidDataException($"invalid length of a message: '{Shortened(field)}'");
            }
        }

        if (length is < 0 or > LongestMessage)
        {
            throw new InvalidDataException(length < 0 ? "a message has no Content-Length" : $"a message of {length} bytes is too long");
        }

        byte[] body = new byte[length];
        return input.ReadAtLeast(body, length, throwOnEndOfStream: false) == length ? body : null;
    }

    private string? ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            switch (input.ReadByte())
            {
                case -1:
                    return null;
                case '\n':
                    return line.ToString().TrimEnd('\r');
                case var _ when line.Length == LongestField:
                    throw new InvalidDataException("a field before a message is too long");
                case var character:
                    line.Append((char)character);
                    break;
            }
        }
    }

    private static string Shortened(string field) => field.Length <= 60 ? field : field[..60];
}
