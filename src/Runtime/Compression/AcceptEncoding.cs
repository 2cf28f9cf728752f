using System.Buffers.Text;
using System.Text;
using Confgen.Model.Sites;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Compression;

/// <summary>The codings that a client takes (RFC 9110, section 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>Whether the client takes the coding, by its name or by a star.</summary>
    public static bool Takes(FieldList fields, ContentCoding coding)
    {
        ReadOnlySpan<byte> name = NameOf(coding);
        (bool? named, bool? any) = (null, null);
        for (int i = fields.IndexOf(FieldKind.AcceptEncoding); i >= 0; i = fields.IndexOf(FieldKind.AcceptEncoding, i + 1))
        {
            ReadOnlySpan<byte> list = fields.Value(i);
            while (FieldTokens.TryNext(ref list, out ReadOnlySpan<byte> item))
            {
                int semicolon = item.IndexOf((byte)';');
                ReadOnlySpan<byte> token = (semicolon < 0 ? item : item[..semicolon]).Trim(" \t"u8);
                bool takes = semicolon < 0 || !IsZero(item[(semicolon + 1)..]);
                if (Ascii.EqualsIgnoreCase(token, name))
                {
                    named = takes;
                }
                else if (token.SequenceEqual("*"u8))
                {
                    any = takes;
                }
            }
        }

        return named ?? any ?? false;
    }

    /// <summary>The coding's name in HTTP.</summary>
    public static ReadOnlySpan<byte> NameOf(ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Brotli => "br"u8,
            ContentCoding.Zstd => "zstd"u8,
            _ => "gzip"u8,
        };

    private static bool IsZero(ReadOnlySpan<byte> parameter)
    {
        parameter = parameter.Trim(" \t"u8);
        return parameter.Length > 2
            && (parameter[0] | 0x20) == 'q'
            && parameter[1] == '='
            && Utf8Parser.TryParse(parameter[2..], out double weight, out _)
            && weight <= 0;
    }
}
