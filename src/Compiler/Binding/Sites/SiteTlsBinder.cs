using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds a site's TLS: a word, or a map with files.</summary>
internal static class SiteTlsBinder
{
    private static readonly (string, TlsWord)[] _words = [("auto", TlsWord.Auto), ("internal", TlsWord.Internal), ("off", TlsWord.Off)];
    private static readonly (string, TlsVersion)[] _versions = [("1.2", TlsVersion.Tls12), ("1.3", TlsVersion.Tls13)];

    public static readonly ObjectSchema Schema = new(
        "tls",
        "TLS of a site.",
        new("cert", TypeSchema.Path, "The PEM file with the certificate chain; needs `key`.") { Example = "/etc/ssl/chat.pem" },
        new("key", TypeSchema.Path, "The PEM file with the private key.") { Example = "/etc/ssl/chat.key" },
        new("from", new TypeSchema.Choice("auto", "internal"), "Where the certificate comes from if not from files: ACME, or a local authority for development.") { Example = "auto" },
        new("min_version", new TypeSchema.Choice("1.2", "1.3"), "The lowest version offered.") { Default = "1.2" },
        new("ciphers", new TypeSchema.ListOf(new TypeSchema.Choice([.. CipherNames.All])), "Cipher suites of TLS 1.2 by their OpenSSL names, the preferred first; the program's own unless written.") { Example = "[ECDHE-ECDSA-AES128-GCM-SHA256]" },
        new("client_ca", TypeSchema.Path, "A PEM file: only clients with a certificate of these authorities are served."))
    {
        Needs = [("cert", "key"), ("key", "cert")],
        NotBeside = [("from", ["cert", "key"])],
    };

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(
        new TypeSchema.Choice([.. _words.Select(w => w.Item1)]), new TypeSchema.Fields(() => Schema));

    public static SiteTls? Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not MapSyntax map)
        {
            return Word(c, node) switch
            {
                TlsWord.Auto => new SiteTls { Source = CertificateSource.Auto, At = At(node) },
                TlsWord.Internal => new SiteTls { Source = CertificateSource.Internal, At = At(node) },
                _ => null,
            };
        }

        ObjectReader o = ObjectReader.Open(c, map, Schema);
        CertificatePair.Check(c, o);
        bool files = o.Has("cert") || o.Has("key");
        if (files == o.Has("from"))
        {
            c.Diagnostics.Report(ValueRules.MissingKey, node.Span, files ? "both files and 'from'" : "no certificate", "give 'cert' and 'key', or 'from: auto', or 'from: internal'");
        }

        return c.Written(new SiteTls
        {
            At = o.Source,
            Source = files ? CertificateSource.Files : o.Word("from", CertificateSource.Auto, [("auto", CertificateSource.Auto), ("internal", CertificateSource.Internal)]),
            Cert = FileReference.File(c, o.Get("cert")),
            Key = FileReference.File(c, o.Get("key")),
            MinVersion = o.Word("min_version", TlsVersion.Tls12, _versions, word => word.Contains("1.3", StringComparison.Ordinal) ? "1.3" : word.Contains("1.2", StringComparison.Ordinal) || word.StartsWith("modern", StringComparison.Ordinal) || word.StartsWith("intermediate", StringComparison.Ordinal) ? "1.2" : null),
            Ciphers = o.List("ciphers", n => CipherNames.Bind(c, n)),
            ClientCa = FileReference.File(c, o.Get("client_ca")),
        });
    }

    private static TlsWord? Word(BindingContext c, SyntaxNode node)
    {
        switch (node)
        {
            case ScalarSyntax { IsQuoted: false, Value: "true" or "on" or "yes" }:
                c.Diagnostics.Report(ValueRules.BadValue, node.Span, "where does the certificate come from?", "write 'auto' (ACME), 'internal' (self-signed) or '{ cert: FILE, key: FILE }'");
                return null;
            case ScalarSyntax { Value: "false" or "no" or "none" }:
                return TlsWord.Off;
            case ListSyntax { Items: [ScalarSyntax cert, ScalarSyntax key] } when node.Span.Line == node.Span.EndLine:
                c.Diagnostics.Report(ValueRules.WrongType, node.Span, "expected a word or a map, found a list", Advice.Replace(node.Span, $"{{ cert: {YamlScalar.Of(cert.Value)}, key: {YamlScalar.Of(key.Value)} }}"));
                return null;
            default:
                return ScalarReader.Word(c, node, _words, word => word is "acme" or "letsencrypt" or "lets_encrypt" ? "auto" : word is "self_signed" or "selfsigned" or "self-signed" ? "internal" : null);
        }
    }

    private static Model.Sources.Source At(SyntaxNode node) =>
        new(node.Span, new Dictionary<string, Model.Sources.SourceSpan>(StringComparer.Ordinal), Schema.Name);

    private enum TlsWord
    {
        Auto,
        Internal,
        Off,
    }
}
