namespace Confgen.Model.Acme;

/// <summary>The account at an authority that a new ACME account is bound to (RFC 8555, section 7.3.4).</summary>
public sealed record AcmeBinding : SpecNode
{
    /// <summary>The key's name at the authority.</summary>
    public required string KeyId { get; init; }

    /// <summary>The HMAC key in base64url; null where a file has it. Never printed.</summary>
    public string? MacKey { get; init; }

    /// <summary>The file with the HMAC key in base64url; null where the spec has it.</summary>
    public string? MacKeyFile { get; init; }

    /// <summary>Never prints the key.</summary>
    public override string ToString() => "account " + KeyId;
}
