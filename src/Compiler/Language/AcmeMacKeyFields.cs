using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>acme.eab.mac_key</c>.</summary>
public static class AcmeMacKeyFields
{
    public static readonly Field File = new(
        "file",
        TypeSchema.Path,
        "The file with the HMAC key in base64url; it is read when the account is made."
    )
    {
        Required = true,
        Example = "/etc/confgen/acme-mac-key",
    };

    public static readonly ObjectSchema Schema = new("acme.eab.mac_key", "Where the HMAC key is, if not in the spec.", File);
}
