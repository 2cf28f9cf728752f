using System.Text;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Exchanges;

/// <summary>A response's head on its way to the client. An instance is used again for each request of a connection.</summary>
/// <param name="fields">Where its fields are kept.</param>
internal sealed class Response(FieldList fields)
{
    /// <summary>The status.</summary>
    public int Status { get; set; }

    /// <summary>The fields, without hop-by-hop ones.</summary>
    public FieldList Fields { get; } = fields;

    /// <summary>The body's length where the head says it. With <see cref="HasBody"/> false it is what a GET would have got.</summary>
    public long? Length { get; set; }

    /// <summary>Whether a body follows.</summary>
    public bool HasBody { get; set; }

    /// <summary>Whether the body is a stream of server-sent events.</summary>
    public bool IsEventStream =>
        HasBody
        && Fields.IndexOf(FieldKind.ContentType) is >= 0 and var at
        && Fields.Value(at) is var type
        && type.Length >= EventStream.Length
        && Ascii.EqualsIgnoreCase(type[..EventStream.Length], EventStream);

    private static ReadOnlySpan<byte> EventStream => "text/event-stream"u8;

    /// <summary>What compresses the body; null where it is sent as it is.</summary>
    public Compression.Encoder? Encoder { get; set; }

    /// <summary>Makes ready for another answer.</summary>
    public void Reset(int status)
    {
        (Status, Length, HasBody, Encoder) = (status, null, false, null);
        Fields.Clear();
    }
}
