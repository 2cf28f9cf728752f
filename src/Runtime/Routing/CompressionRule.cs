using System.Text;
using Confgen.Model;
using Confgen.Model.Files;
using Confgen.Model.Sites;
using Confgen.Runtime.Compression;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Encoder = Confgen.Runtime.Compression.Encoder;

namespace Confgen.Runtime.Routing;

/// <summary>Decides whether a response is compressed, and changes its head accordingly.</summary>
internal static class CompressionRule
{
    // A shorter body gains nothing.
    private const int ShortestBody = 512;

    /// <summary>Chooses the coding for a response whose head is complete.</summary>
    public static Encoder? Apply(RoutedRequest request)
    {
        ValueList<ContentCoding> offered = request.Site.Config.Compress;
        Response response = request.Exchange.Response;
        if (
            offered.Count == 0
            || request.Route.Config.Proxy is { Sse: true }
            || response.Status is not (200 or (>= 400 and < 600))
            || response.Fields.IndexOf(FieldKind.ContentEncoding) >= 0
            || response.Length < ShortestBody
            || !IsCompressible(response.Fields)
            || FieldTokens.Has(response.Fields, FieldKind.CacheControl, "no-transform"u8)
        )
        {
            return null;
        }

        if (!FieldTokens.Has(response.Fields, FieldKind.Vary, "accept-encoding"u8))
        {
            response.Fields.Add("Vary"u8, "Accept-Encoding"u8);
        }

        foreach (ContentCoding coding in offered)
        {
            // The response to HEAD says what that to GET would (RFC 9110, section 9.3.2).
            if ((response.HasBody || request.Exchange.Request.IsHead) && AcceptEncoding.Takes(request.Exchange.Request.Fields, coding))
            {
                response.Fields.Add("Content-Encoding"u8, AcceptEncoding.NameOf(coding));
                response.Fields.Remove("Accept-Ranges"u8);
                response.Length = null;
                WeakenETag(response.Fields);
                return response.HasBody && !request.Exchange.Request.IsHead ? new Encoder(coding) : null;
            }
        }

        return null;
    }

    private static bool IsCompressible(FieldList fields)
    {
        int at = fields.IndexOf(FieldKind.ContentType);
        if (at < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> value = fields.Value(at);
        int semicolon = value.IndexOf((byte)';');
        ReadOnlySpan<byte> type = (semicolon < 0 ? value : value[..semicolon]).TrimEnd((byte)' ');
        foreach (string compressible in MediaTypes.Compressible)
        {
            if (Ascii.EqualsIgnoreCase(type, compressible))
            {
                return true;
            }
        }

        return false;
    }

    // The compressed bytes are others: a strong validator would be wrong (RFC 9110, section 8.8.1).
    private static void WeakenETag(FieldList fields)
    {
        int at = fields.IndexOf(FieldKind.ETag);
        if (at >= 0 && !fields.Value(at).StartsWith("W/"u8))
        {
            byte[] weak = [.. "W/"u8, .. fields.Value(at)];
            fields.Remove(FieldKind.ETag);
            fields.Add("ETag"u8, weak);
        }
    }
}
