using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>acme.eab</c>.</summary>
public static class AcmeEabFields
{
    public static readonly Field KeyId = new("key_id", TypeSchema.Text, "The key's name at the authority.")
    {
        Required = true,
        Example = "kid-1",
    };

    public static readonly Field MacKey = new(
        "mac_key",
        new TypeSchema.AnyOf(new TypeSchema.Scalar("text", "^[A-Za-z0-9_+/-]+=*$"), new TypeSchema.Fields(() => AcmeMacKeyFields.Schema)),
        "The HMAC key in base64url, best from the environment, or the file with it."
    )
    {
        Required = true,
        Example = "\"${ACME_MAC_KEY}\"",
    };

    public static readonly ObjectSchema Schema = new(
        "acme.eab",
        "The account at the authority that the ACME account belongs to (RFC 8555, section 7.3.4).",
        KeyId,
        MacKey
    );
}
