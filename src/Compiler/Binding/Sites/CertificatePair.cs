using Confgen.Compiler.Schema;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>A certificate and its key come together.</summary>
internal static class CertificatePair
{
    public static readonly Rule Incomplete = new(
        "CFG0122",
        "incomplete-certificate",
        Severity.Error,
        "A certificate without its key, or a key without its certificate"
    )
    {
        Why = "Both are needed to prove who one is. Where a single PEM file holds the two, name it twice.",
        Bad = "sites:\n  - host: a.example.com\n    tls: { cert: /etc/ssl/a.pem }\n    hsts: {}\n    proxy: http://127.0.0.1:3000\n",
        Good =
            "sites:\n  - host: a.example.com\n    tls: { cert: /etc/ssl/a.pem, key: /etc/ssl/a.key }\n    hsts: {}\n"
            + "    proxy: http://127.0.0.1:3000\n",
    };

    public static void Check(BindingContext c, ObjectReader o, Field cert, Field key)
    {
        if (o.Has(cert) != o.Has(key))
        {
            (Field there, Field missing) = o.Has(cert) ? (cert, key) : (key, cert);
            if (!o.Meant(missing))
            {
                c.Diagnostics.Report(
                    Incomplete,
                    o.KeySpan(there),
                    $"'{there}' without '{missing}'",
                    $"add '{missing}:' with the file of the {(missing == key ? "private key" : "certificate")}"
                );
            }
        }
    }
}
