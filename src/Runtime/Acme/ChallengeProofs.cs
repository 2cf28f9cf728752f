using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Confgen.Files;

namespace Confgen.Runtime.Acme;

/// <summary>
/// What the authority is to see of names that are being proven. It is kept in files, so that each process of a shared folder can show it,
/// also the one that serves after a restart.
/// </summary>
internal sealed class ChallengeProofs(AcmeStorage storage, TimeProvider time)
{
    /// <summary>What the paths of HTTP-01 begin with (RFC 8555, section 8.3).</summary>
    public const string Path = "/.well-known/acme-challenge/";

    /// <summary>The protocol of TLS-ALPN-01 (RFC 8737).</summary>
    public static readonly SslApplicationProtocol Alpn = new("acme-tls/1");

    private const int LongestToken = 128;
    private const string Extension = "1.3.6.1.5.5.7.1.31";

    // RFC 8737 names no time; it is made for one handshake.
    private static readonly TimeSpan _life = TimeSpan.FromHours(1);

    /// <summary>Shows a token over HTTP.</summary>
    public void ShowHttp(string token, string authorization) => Write("http-" + token, authorization);

    /// <summary>Shows a name in TLS.</summary>
    public void ShowTls(string name, string authorization) => Write("tls-" + ServerName(name), authorization);

    /// <summary>Shows it no more.</summary>
    public void HideHttp(string token) => AcmeStorage.Remove(File("http-" + token));

    /// <inheritdoc cref="HideHttp"/>
    public void HideTls(string name) => AcmeStorage.Remove(File("tls-" + ServerName(name)));

    /// <summary>Whether a token can stand in a path, and in a file's name (RFC 8555, section 8: base64url).</summary>
    public static bool IsToken(ReadOnlySpan<char> token) =>
        token.Length is > 0 and <= LongestToken && !token.ContainsAnyExcept(_tokenCharacters);

    private static readonly System.Buffers.SearchValues<char> _tokenCharacters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>The content for a target of a request; null where it asks for none that is known.</summary>
    public string? ForTarget(string target) =>
        target.StartsWith(Path, StringComparison.Ordinal) && IsToken(target.AsSpan(Path.Length))
            ? AcmeStorage.Read(File("http-" + target[Path.Length..]))
            : null;

    /// <summary>The handshake for a name; null where it isn't being proven.</summary>
    public SslServerAuthenticationOptions? ForName(string? name)
    {
        if (
            string.IsNullOrEmpty(name)
            || name.Length > 253
            || name.AsSpan().IndexOfAny('/', '\0') >= 0
            || AcmeStorage.Read(File("tls-" + name.ToLowerInvariant())) is not { } authorization
        )
        {
            return null;
        }

        return new SslServerAuthenticationOptions
        {
            ServerCertificate = Certificate(Asked(name.ToLowerInvariant()), authorization, time.GetUtcNow()),
            ApplicationProtocols = [Alpn],
            AllowRenegotiation = false,
        };
    }

    // An address is asked for by its name in reverse DNS (RFC 8738, section 6).
    private static string ServerName(string name)
    {
        if (!IPAddress.TryParse(name, out IPAddress? address))
        {
            return name;
        }

        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 4
            ? string.Join('.', bytes.Reverse()) + ".in-addr.arpa"
            : string.Join('.', Convert.ToHexStringLower(bytes).Reverse()) + ".ip6.arpa";
    }

    // The other way round: what the certificate is for.
    private static object Asked(string serverName)
    {
        string[] labels = serverName.Split('.');
        string text = serverName switch
        {
            _ when serverName.EndsWith(".in-addr.arpa", StringComparison.Ordinal) => string.Join('.', labels[..^2].Reverse()),
            _ when serverName.EndsWith(".ip6.arpa", StringComparison.Ordinal) => string.Join(
                ':',
                string.Concat(labels[..^2].Reverse()).Chunk(4).Select(g => new string(g))
            ),
            _ => serverName,
        };
        return text != serverName && IPAddress.TryParse(text, out IPAddress? address) ? address : serverName;
    }

    private static X509Certificate2 Certificate(object name, string authorization, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ACME challenge", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is IPAddress address)
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName((string)name);
        }

        var digest = new AsnWriter(AsnEncodingRules.DER);
        digest.WriteOctetString(SHA256.HashData(Encoding.ASCII.GetBytes(authorization)));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509Extension(Extension, digest.Encode(), critical: true));
        return request.CreateSelfSigned(now - _life, now + _life);
    }

    private void Write(string name, string authorization) => SecretFile.Write(File(name), Encoding.ASCII.GetBytes(authorization));

    private string File(string name) => System.IO.Path.Combine(storage.Challenges, name);
}
