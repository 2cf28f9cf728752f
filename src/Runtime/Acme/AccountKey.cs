using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Confgen.Runtime.Acme;

/// <summary>The key of an account: signs what is sent (JWS, RFC 7515, with ES256), and vouches for names.</summary>
internal sealed class AccountKey : IDisposable
{
    private readonly ECDsa _key;

    private AccountKey(ECDsa key)
    {
        _key = key;
        ECParameters point = key.ExportParameters(includePrivateParameters: false);
        if (point.Q.X is not { Length: 32 } x || point.Q.Y is not { Length: 32 } y)
        {
            throw new CryptographicException("the account's key is not on P-256");
        }

        // In the order that a thumbprint wants (RFC 7638).
        Jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(x)}}","y":"{{Base64Url.EncodeToString(y)}}"}""";
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));
    }

    /// <summary>The public key (RFC 7517).</summary>
    public string Jwk { get; }

    /// <summary>Its thumbprint, in base64url.</summary>
    public string Thumbprint { get; }

    public static AccountKey Make() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">The text holds no key that can be used.</exception>
    /// <exception cref="ArgumentException">It isn't PEM.</exception>
    public static AccountKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new AccountKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>What a challenge's token is answered with (RFC 8555, section 8.1).</summary>
    public string Authorize(string token) => token + "." + Thumbprint;

    /// <summary>A signed request (RFC 8555, section 6.2).</summary>
    /// <param name="url">Where it goes.</param>
    /// <param name="nonce">The authority's nonce.</param>
    /// <param name="account">The account's URL; null names the key itself.</param>
    /// <param name="payload">What is sent; null is POST-as-GET.</param>
    public byte[] Sign(string url, string nonce, string? account, byte[]? payload) =>
        Envelope(
            AcmeJson.Write(json =>
            {
                json.WriteString("alg", "ES256");
                json.WriteString("nonce", nonce);
                json.WriteString("url", url);
                if (account is not null)
                {
                    json.WriteString("kid", account);
                }
                else
                {
                    json.WritePropertyName("jwk");
                    json.WriteRawValue(Jwk);
                }
            }),
            payload ?? [],
            text => _key.SignData(text, HashAlgorithmName.SHA256)
        );

    /// <summary>Binds this key to an account that the authority knows otherwise (RFC 8555, section 7.3.4).</summary>
    public byte[] Bind(string url, string keyId, byte[] macKey) =>
        Envelope(
            AcmeJson.Write(json =>
            {
                json.WriteString("alg", "HS256");
                json.WriteString("kid", keyId);
                json.WriteString("url", url);
            }),
            Encoding.ASCII.GetBytes(Jwk),
            text => HMACSHA256.HashData(macKey, text)
        );

    public void Dispose() => _key.Dispose();

    private static byte[] Envelope(byte[] header, byte[] payload, Func<byte[], byte[]> sign)
    {
        (string first, string second) = (Base64Url.EncodeToString(header), Base64Url.EncodeToString(payload));
        byte[] signature = sign(Encoding.ASCII.GetBytes($"{first}.{second}"));
        return AcmeJson.Write(json =>
        {
            json.WriteString("protected", first);
            json.WriteString("payload", second);
            json.WriteString("signature", Base64Url.EncodeToString(signature));
        });
    }
}
