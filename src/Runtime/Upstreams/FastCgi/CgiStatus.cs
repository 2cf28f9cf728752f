using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>The status of a CGI response (RFC 3875, section 6.3.3): a field; one without is a redirect if it has a Location.</summary>
internal static class CgiStatus
{
    /// <summary>Takes it out of the fields; null where the response is invalid.</summary>
    public static int? Take(FieldList fields)
    {
        int at = fields.IndexOf("Status"u8);
        long status = fields.IndexOf("Location"u8) >= 0 ? 302 : 200;
        if (fields.Count == 0 || (at >= 0 && !TryRead(fields.Value(at), out status)) || status is < 200 or > 599)
        {
            return null;
        }

        fields.Remove("Status"u8);
        return (int)status;
    }

    // Three digits, and a reason behind a space.
    private static bool TryRead(ReadOnlySpan<byte> value, out long status)
    {
        status = 0;
        return value.Length >= 3 && Framing.TryLength(value[..3], out status) && (value.Length == 3 || value[3] == ' ');
    }
}
