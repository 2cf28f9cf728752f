using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>The cipher suites of TLS 1.2 that can still be offered, by their OpenSSL names.</summary>
internal static class CipherNames
{
    public static readonly Rule UnknownCipher = new(
        "CFG0117",
        "unknown-cipher",
        Severity.Error,
        "A cipher suite that doesn't exist or is broken"
    )
    {
        Why =
            "Programs refuse a list with a name that they don't know, and names copied from guides are often wrong: GCM suites end in "
            + "SHA256 or SHA384. Suites without forward secrecy or with CBC, RC4 or 3DES are refused.",
        Bad =
            "sites:\n  - host: a.example.com\n    tls: { cert: /etc/ssl/a.pem, key: /etc/ssl/a.key, ciphers: "
            + "[ECDHE-RSA-AES256-GCM-SHA512] }\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n",
        Good =
            "sites:\n  - host: a.example.com\n    tls: { cert: /etc/ssl/a.pem, key: /etc/ssl/a.key, ciphers: "
            + "[ECDHE-RSA-AES256-GCM-SHA384] }\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n",
    };

    public static string? Bind(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "a cipher suite's name") is not { } name)
        {
            return null;
        }

        if (TlsFields.CipherSuites.Contains(name))
        {
            return name;
        }

        string[] several = [.. name.Split([':', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Where(TlsFields.CipherSuites.Contains)];
        string[] near = [.. Spelling.AllNearest(name, TlsFields.CipherSuites)];
        string? iana = OpenSslName(name);
        Advice advice =
            iana is not null ? Advice.Replace(node.Span, iana)
            : name.StartsWith("TLS_", StringComparison.Ordinal) && !name.Contains("_WITH_", StringComparison.Ordinal)
                ? new Advice("remove it: the suites of TLS 1.3 are always offered, and this list is for TLS 1.2")
            : several.Length > 0 ? EntryEdits.Several(c, node, several)
            : near is [var only] ? Advice.Replace(node.Span, only, $"did you mean '{only}'?")
            : new Advice("expected some of " + string.Join(", ", TlsFields.CipherSuites));
        c.Diagnostics.Report(
            UnknownCipher,
            node.Span,
            several.Length > 0 ? "several cipher suites in one text" : $"'{name}' can't be offered",
            advice
        );
        return null;
    }

    // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, as the registry of IANA has it.
    private static string? OpenSslName(string name)
    {
        string openSsl = name.Replace("TLS_", "", StringComparison.Ordinal)
            .Replace("_WITH_", "_", StringComparison.Ordinal)
            .Replace("AES_", "AES", StringComparison.Ordinal)
            .Replace("POLY1305_SHA256", "POLY1305", StringComparison.Ordinal)
            .Replace('_', '-');
        return openSsl != name && TlsFields.CipherSuites.Contains(openSsl) ? openSsl : null;
    }
}
