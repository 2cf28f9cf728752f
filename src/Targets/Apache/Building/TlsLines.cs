using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Targets.Apache.Building;

/// <summary>What TLS of a site needs.</summary>
internal static class TlsLines
{
    /// <summary>The lines; none for a site without TLS.</summary>
    public static IEnumerable<string> Of(ApacheTexts texts, ApacheFeatures features, Site site)
    {
        if (site.Tls is not { } tls)
        {
            yield break;
        }

        features.HasTls = true;
        features.HasHttp2 |= site.Http2;
        yield return "SSLEngine On";
        yield return $"SSLCertificateFile {texts.Word(tls.Cert ?? "", tls.At.Of(TlsFields.Cert))}";
        yield return $"SSLCertificateKeyFile {texts.Word(tls.Key ?? "", tls.At.Of(TlsFields.Key))}";
        yield return "SSLProtocol -all " + (tls.MinVersion == TlsVersion.Tls13 ? "+TLSv1.3" : "+TLSv1.2 +TLSv1.3");
        if (tls.Ciphers.Count > 0)
        {
            yield return "SSLHonorCipherOrder On";
            yield return $"SSLCipherSuite {texts.Word(string.Join(':', tls.Ciphers), tls.At.Of(TlsFields.Ciphers))}";
        }

        if (tls.ClientCa is { } ca)
        {
            yield return "SSLVerifyClient require";
            yield return $"SSLCACertificateFile {texts.Word(ca, tls.At.Of(TlsFields.ClientCa))}";
        }

        yield return "Protocols " + (site.Http2 ? "h2 http/1.1" : "http/1.1");
    }
}
