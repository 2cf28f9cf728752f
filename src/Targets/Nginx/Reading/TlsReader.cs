using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads what a server shows to clients of TLS.</summary>
internal static class TlsReader
{
    private static readonly string[] _suites =
    [
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
        "ECDHE-RSA-CHACHA20-POLY1305",
    ];

    public static void Read(Scope scope, OutputMap site, string prefix)
    {
        SourceDirective[] certificates = [.. scope.Effective("ssl_certificate")];
        SourceDirective[] keys = [.. scope.Effective("ssl_certificate_key")];
        var tls = new OutputMap();
        if (certificates is [var first, ..] && keys is [var key, ..] && !first.First.Contains('$', StringComparison.Ordinal))
        {
            first.Entry.Say(tls.Set("cert", Absolute(first.First, prefix)));
            key.Entry.Say(tls.Set("key", Absolute(key.First, prefix)));
            foreach (SourceDirective second in certificates[1..].Concat(keys[1..]))
            {
                second.Entry.Lose("a site has one certificate");
            }
        }
        else
        {
            foreach (SourceDirective directive in certificates.Concat(keys))
            {
                directive.Entry.Lose("the certificate isn't known before the connection; here ACME gets one");
            }

            tls.Set("from", new OutputText("auto", isWord: true));
            tls.Comments.Add("The source has no certificate for it.");
        }

        Versions(scope, tls);
        Ciphers(scope, tls);
        ClientCertificates(scope, tls);
        if (tls.Entries is [("from", OutputText only)])
        {
            OutputText word = site.Set("tls", new OutputText(only.Text, isWord: true));
            word.Comments.AddRange(tls.Comments);
            tls.ReplaceBy(word);
        }
        else
        {
            site.Set("tls", tls);
        }
    }

    private static string Absolute(string path, string prefix) =>
        path.StartsWith('/') || prefix.Length == 0 || path.Contains(':', StringComparison.Ordinal)
            ? path
            : prefix.TrimEnd('/') + "/" + path;

    private static void Versions(Scope scope, OutputMap tls)
    {
        if (scope.Find("ssl_protocols") is not { } directive)
        {
            return;
        }

        IReadOnlyList<string> versions = directive.Arguments;
        if (versions.Contains("TLSv1.2") && versions.Contains("TLSv1.3"))
        {
            if (versions.Any(v => v is "TLSv1" or "TLSv1.1" or "SSLv3"))
            {
                directive.Entry.Lose("versions below 1.2 aren't offered");
            }
            else
            {
                directive.Entry.Imply("TLS 1.2 and 1.3 are offered");
            }
        }
        else if (versions is ["TLSv1.3"])
        {
            directive.Entry.Say(tls.Set("min_version", "1.3"));
        }
        else if (versions.Contains("TLSv1.2"))
        {
            directive.Entry.Imply("TLS 1.2 is offered, and 1.3");
        }
        else
        {
            directive.Entry.Lose("versions below 1.2 aren't offered");
        }
    }

    private static void Ciphers(Scope scope, OutputMap tls)
    {
        if (scope.Find("ssl_ciphers") is not { } directive)
        {
            return;
        }

        string[] suites = [.. directive.First.Split([':', ' ', ','], StringSplitOptions.RemoveEmptyEntries)];
        if (suites.Any(s => !s.Contains('-', StringComparison.Ordinal) || s.AsSpan().ContainsAny('!', '+', '@')))
        {
            directive.Entry.Tune("classes of suites; forward-secret AEAD suites are offered, which every client with TLS 1.2 has");
            return;
        }

        string[] known = [.. suites.Where(_suites.Contains)];
        string[] left = [.. suites.Except(_suites).Where(s => !s.StartsWith("TLS_", StringComparison.Ordinal))];
        if (known.Length == 0)
        {
            directive.Entry.Lose("none of these suites is offered");
        }
        else if (known.Length == _suites.Length)
        {
            directive.Entry.Imply("these suites are offered" + (left.Length > 0 ? "; those without ECDHE or AEAD are not" : ""));
        }
        else
        {
            directive.Entry.Say(
                tls.Set("ciphers", new OutputList(known.Select(k => new OutputText(k)))),
                left.Length > 0 ? "without " + string.Join(", ", left) : null
            );
        }
    }

    private static void ClientCertificates(Scope scope, OutputMap tls)
    {
        SourceDirective? verify = scope.Find("ssl_verify_client");
        SourceDirective? authorities = scope.Find("ssl_client_certificate") ?? scope.Find("ssl_trusted_certificate");
        if (verify?.First == "on" && authorities is not null)
        {
            OutputText place = tls.Set("client_ca", authorities.First);
            verify.Entry.Say(place);
            authorities.Entry.Say(place);
        }
        else if (verify?.First is "on" or "optional" or "optional_no_ca")
        {
            verify.Entry.Lose("clients with a certificate are the only ones, or there is none asked for");
            authorities?.Entry.Lose("no certificate of clients is asked for");
        }
        else
        {
            verify?.Entry.Imply("no certificate of clients is asked for");
            authorities?.Entry.Tune("no certificate of clients is asked for");
        }
    }
}
