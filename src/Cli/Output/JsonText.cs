using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Confgen.Cli.Output;

/// <summary>Writes JSON that people may look at: indented, and with only those characters escaped that must be.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(TextWriter writer, Action<Utf8JsonWriter> write) => writer.Write(Of(write));

    /// <summary>The document, with a newline at its end.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            write(json);
        }

        buffer.WriteByte((byte)'\n');
        return Visible.Json(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
