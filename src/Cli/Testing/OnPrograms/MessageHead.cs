using System.Text;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>The head of an HTTP/1.1 message (RFC 9112) as its bytes are: one character for each.</summary>
/// <param name="StartLine">The request line or the status line.</param>
/// <param name="Fields">The header fields in their order.</param>
internal sealed record MessageHead(string StartLine, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const int MostBytes = 256 * 1024;

    /// <summary>The value of a field, the several of one name joined; null where it is absent.</summary>
    public string? this[string name]
    {
        get
        {
            string[] values = [.. Fields.Where(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value)];
            return values.Length == 0 ? null : string.Join(", ", values);
        }
    }

    /// <summary>Reads a head, byte by byte so that nothing behind it is taken; null where the peer ends before it is whole.</summary>
    public static async Task<MessageHead?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (text.Length < MostBytes)
        {
            if (await stream.ReadAsync(one, stop) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
            if (one[0] == '\n' && text.Length >= 4 && text[^2] == '\r' && text[^3] == '\n')
            {
                return Parse(text.ToString());
            }
        }

        return null;
    }

    private static MessageHead Parse(string text)
    {
        string[] lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new MessageHead(lines.Length == 0 ? "" : lines[0], [.. lines.Skip(1).Select(Field)]);
    }

    private static KeyValuePair<string, string> Field(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(line, "") : new(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }
}
