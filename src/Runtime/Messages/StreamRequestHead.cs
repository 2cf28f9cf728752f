using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>
/// Makes a request of a decoded head of HTTP/2 (RFC 9113, section 8.3) or HTTP/3 (RFC 9114, section 4.3), or says with which status it is
/// refused.
/// </summary>
internal static class StreamRequestHead
{
    /// <summary>
    /// Takes the head into the request, whose fields hold the pseudo-header fields, too. 0, or the status of the refusal.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="version">The protocol as logs show it.</param>
    /// <param name="previous">The authority of the request before on this connection: the next one nearly always names the same.</param>
    public static int Read(Request request, string version, string previous)
    {
        // 1. The pseudo-header fields: each once, before all others, and none that requests don't have.
        FieldList fields = request.Fields;
        request.Protocol = version;
        (int method, int scheme, int authority, int path, int protocol) = (-1, -1, -1, -1, -1);
        int pseudo = 0;
        for (; pseudo < fields.Count && fields.Name(pseudo) is [(byte)':', ..] name; pseudo++)
        {
            bool isNew =
                name.SequenceEqual(":method"u8) ? TrySet(ref method, pseudo)
                : name.SequenceEqual(":scheme"u8) ? TrySet(ref scheme, pseudo)
                : name.SequenceEqual(":authority"u8) ? TrySet(ref authority, pseudo)
                : name.SequenceEqual(":path"u8) ? TrySet(ref path, pseudo)
                : name.SequenceEqual(":protocol"u8) && TrySet(ref protocol, pseudo);
            if (!isNew)
            {
                return 400;
            }
        }

        // 2. What stands in the first line of HTTP/1.1. Other protocols than WebSocket are none of this proxy's (RFC 8441, RFC 9220), nor
        //    are tunnels.
        if (
            method < 0
            || scheme < 0
            || path < 0
            || !IsScheme(fields.Value(scheme))
            || !TryReadHost(fields, pseudo, authority, out ReadOnlySpan<byte> host)
        )
        {
            return 400;
        }

        bool isWebSocket =
            protocol >= 0 && fields.Value(protocol).SequenceEqual("websocket"u8) && fields.Value(method).SequenceEqual("CONNECT"u8);
        int refusal = StreamHead.ReadLine(
            request,
            Request.MethodOf(fields.Value(method)),
            fields.ValueText(path),
            Text(host, previous),
            isWebSocket
        );
        if (refusal != 0 || (protocol >= 0 && !isWebSocket))
        {
            return refusal != 0 ? refusal : 400;
        }

        // 3. The fields.
        for (int i = pseudo; i < fields.Count; i++)
        {
            if (!IsField(fields, i))
            {
                return 400;
            }

            request.HeadLength += fields[i].NameLength + fields[i].ValueLength + MessageHead.LineOverhead;
        }

        if (fields.IndexOf(FieldKind.Host) < 0)
        {
            fields.Add("host"u8, host);
        }

        for (; pseudo > 0; pseudo--)
        {
            fields.RemoveAt(0);
        }

        // 4. The body: without a length it lasts to the stream's end.
        return !Framing.TryOfRequest(fields, isHttp10: false, out BodyFraming framing, out long length)
            ? 400
            : StreamHead.Complete(request, fields.IndexOf(FieldKind.ContentLength) >= 0 ? framing : BodyFraming.Chunked, length);
    }

    /// <summary>
    /// Whether a field may stand in a head or in trailers; names are in lower case (RFC 9113, section 8.2; RFC 9114, section 4.2).
    /// </summary>
    public static bool IsField(FieldList fields, int index) =>
        StreamHead.IsField(fields.Name(index), fields[index].Kind, fields.Value(index))
        && fields.Name(index).IndexOfAnyInRange((byte)'A', (byte)'Z') < 0;

    private static bool TrySet(ref int place, int index)
    {
        bool isNew = place < 0;
        place = index;
        return isNew;
    }

    private static bool IsScheme(ReadOnlySpan<byte> scheme) =>
        Ascii.EqualsIgnoreCase(scheme, "https"u8) || Ascii.EqualsIgnoreCase(scheme, "http"u8);

    // `:authority` and Host name the same (RFC 9113, section 8.3.1; RFC 9114, section 4.3.1): two readers must not choose different ones.
    private static bool TryReadHost(FieldList fields, int from, int authority, out ReadOnlySpan<byte> host)
    {
        int field = fields.IndexOf(FieldKind.Host, from);
        host =
            authority >= 0 ? fields.Value(authority)
            : field >= 0 ? fields.Value(field)
            : default;
        return !host.IsEmpty && (field < 0 || (fields.Value(field).SequenceEqual(host) && fields.IndexOf(FieldKind.Host, field + 1) < 0));
    }

    private static string Text(ReadOnlySpan<byte> host, string previous) =>
        Ascii.Equals(host, previous) ? previous : Encoding.Latin1.GetString(host);
}
