using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>
/// Decides where a body ends (RFC 9112, section 6). What a lenient recipient could take otherwise is refused: two lengths, a length beside
/// chunked, a sign, a list, a coding that isn't exactly <c>chunked</c>. That is what request smuggling is made of.
/// </summary>
internal static class Framing
{
    // 18 digits always fit into a long.
    private const int MostDigits = 18;

    /// <summary>The framing of a request; false where it must be refused.</summary>
    public static bool TryOfRequest(FieldList fields, bool isHttp10, out BodyFraming framing, out long length)
    {
        if (!TryFields(fields, out bool isChunked, out long? counted) || (isChunked && (isHttp10 || counted is not null)))
        {
            (framing, length) = (default, 0);
            return false;
        }

        length = counted ?? 0;
        framing =
            isChunked ? BodyFraming.Chunked
            : length > 0 ? BodyFraming.Counted
            : BodyFraming.None;
        return true;
    }

    /// <summary>The framing of a response; false where it is broken.</summary>
    public static bool TryOfResponse(FieldList fields, bool isHttp10, int status, bool isHead, out BodyFraming framing, out long? length)
    {
        framing = BodyFraming.None;
        if (!TryFields(fields, out bool isChunked, out length) || (isChunked && (isHttp10 || length is not null)))
        {
            return false;
        }

        if (isHead || status is 204 or 304 or < 200)
        {
            return true;
        }

        framing =
            isChunked ? BodyFraming.Chunked
            : length is null ? BodyFraming.UntilClose
            : length > 0 ? BodyFraming.Counted
            : BodyFraming.None;
        return true;
    }

    /// <summary>Reads a Content-Length: digits and nothing else (RFC 9110, section 8.6).</summary>
    public static bool TryLength(ReadOnlySpan<byte> text, out long length)
    {
        length = 0;
        if (text.IsEmpty || text.Length > MostDigits)
        {
            return false;
        }

        foreach (byte b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            length = (length * 10) + b - '0';
        }

        return true;
    }

    private static bool TryFields(FieldList fields, out bool isChunked, out long? length)
    {
        (isChunked, length) = (false, null);
        for (int i = 0; i < fields.Count; i++)
        {
            switch (fields[i].Kind)
            {
                case FieldKind.ContentLength:
                    if (length is not null || !TryLength(fields.Value(i), out long counted))
                    {
                        return false;
                    }

                    length = counted;
                    break;
                case FieldKind.TransferEncoding:
                    if (isChunked || !Ascii.EqualsIgnoreCase(fields.Value(i), "chunked"u8))
                    {
                        return false;
                    }

                    isChunked = true;
                    break;
                default:
                    break;
            }
        }

        return true;
    }
}
