using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds a site's TLS: a word, or a map with files.</summary>
internal static class SiteTlsBinder
{
    private static readonly (string, TlsWord)[] _words = [("auto", TlsWord.Auto), ("internal", TlsWord.Internal), ("off", TlsWord.Off)];

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

        ObjectReader o = ObjectReader.Open(c, map, TlsFields.Schema);
        CertificatePair.Check(c, o, TlsFields.Cert, TlsFields.Key);
        bool files = o.Has(TlsFields.Cert) || o.Has(TlsFields.Key);
        if (files == o.Has(TlsFields.From))
        {
            c.Diagnostics.Report(
                ValueRules.MissingKey,
                node.Span,
                files ? "both files and 'from'" : "no certificate",
                "give 'cert' and 'key', or 'from: auto', or 'from: internal'"
            );
        }

        return c.Written(
            new SiteTls
            {
                At = o.Source,
                Source = files ? CertificateSource.Files : o.Read(TlsFields.From),
                Cert = FileReference.File(c, o.Get(TlsFields.Cert)),
                Key = FileReference.File(c, o.Get(TlsFields.Key)),
                MinVersion = o.Read(
                    TlsFields.MinVersion,
                    word =>
                        word.Contains("1.3", StringComparison.Ordinal) ? "1.3"
                        : word.Contains("1.2", StringComparison.Ordinal)
                        || word.StartsWith("modern", StringComparison.Ordinal)
                        || word.StartsWith("intermediate", StringComparison.Ordinal)
                            ? "1.2"
                        : null
                ),
                Ciphers = o.List(TlsFields.Ciphers, n => CipherNames.Bind(c, n)),
                ClientCa = FileReference.File(c, o.Get(TlsFields.ClientCa)),
            }
        );
    }

    private static TlsWord? Word(BindingContext c, SyntaxNode node)
    {
        switch (node)
        {
            case ScalarSyntax { IsQuoted: false, Value: "true" or "on" or "yes" }:
                c.Diagnostics.Report(
                    ValueRules.BadValue,
                    node.Span,
                    "where does the certificate come from?",
                    "write 'auto' (ACME), 'internal' (self-signed) or '{ cert: FILE, key: FILE }'"
                );
                return null;
            case ScalarSyntax { Value: "false" or "no" or "none" }:
                return TlsWord.Off;
            case ListSyntax { Items: [ScalarSyntax cert, ScalarSyntax key] } when node.Span.Line == node.Span.EndLine:
                c.Diagnostics.Report(
                    ValueRules.WrongType,
                    node.Span,
                    "expected a word or a map, found a list",
                    Advice.Replace(node.Span, $"{{ cert: {YamlScalar.Of(cert.Value)}, key: {YamlScalar.Of(key.Value)} }}")
                );
                return null;
            case ListSyntax { Items: [MapSyntax, ..] }:
                c.Diagnostics.Report(
                    ValueRules.WrongType,
                    node.Span,
                    "expected a word or a map, found a list",
                    "write the map of one certificate: a site has one"
                );
                return null;
            case ScalarSyntax { Value: ['/', ..] path } when Path.GetExtension(path) is not (".pem" or ".crt" or ".cer" or ".key"):
                string folder = path.TrimEnd('/');
                c.Diagnostics.Report(
                    ValueRules.BadValue,
                    node.Span,
                    "a folder, where the files of the certificate and its key must stand",
                    $"write '{{ cert: {folder}/fullchain.pem, key: {folder}/privkey.pem }}' with their names"
                );
                return null;
            default:
                return ScalarReader.Word(
                    c,
                    node,
                    _words,
                    word =>
                        word is "acme" or "letsencrypt" or "lets_encrypt" ? "auto"
                        : word is "self_signed" or "selfsigned" or "self-signed" ? "internal"
                        : null
                );
        }
    }

    private static Model.Sources.Source At(SyntaxNode node) =>
        new(node.Span, new Dictionary<string, Model.Sources.SourceSpan>(StringComparer.Ordinal), TlsFields.Schema.Name);

    private enum TlsWord
    {
        Auto,
        Internal,
        Off,
    }
}
