using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Acme;

namespace Confgen.Compiler.Binding.Acme;

/// <summary>Binds where the certificates of <c>tls: auto</c> come from.</summary>
internal static class AcmeBinder
{
    // A loopback address has no eavesdropper; everywhere else the account's messages go under TLS (RFC 8555, section 6.1).
    private static bool IsDirectory(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && url.UserInfo.Length == 0
        && url.Fragment.Length == 0
        && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback));

    public static AcmeSettings Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return new AcmeSettings();
        }

        ObjectReader o = ObjectReader.Open(c, node, AcmeFields.Schema);
        AcmeDns? dns = o.Get(AcmeFields.Dns) is { } d ? BindDns(c, d) : null;
        ValueList<AcmeChallenge> challenges = o.Values(
                AcmeFields.Challenges,
                n => ScalarReader.Word(c, n, AcmeFields.ChallengeWords, Meant)
            )
            .Distinct()
            .ToValueList();
        o.NotEmpty(AcmeFields.Challenges, "write http-01, tls-alpn-01 or dns-01, or leave the field out");
        if (challenges.Contains(AcmeChallenge.Dns) && !o.Has(AcmeFields.Dns))
        {
            c.Diagnostics.Report(
                ValueRules.MissingKey,
                o.KeySpan(AcmeFields.Challenges),
                "'dns-01' without a program that writes the records",
                "add 'dns: { exec: [/usr/local/bin/dns-hook] }'"
            );
        }

        var unwritten = new AcmeSettings();
        return c.Written(
            new AcmeSettings
            {
                At = o.Source,
                Email = Email(c, o),
                Ca = Ca(c, o),
                CaRoot = FileReference.File(c, o.Get(AcmeFields.CaRoot)),
                Eab = o.Get(AcmeFields.Eab) is { } eab ? BindEab(c, eab) : null,
                Profile = Profile(c, o),
                Storage = FileReference.Directory(c, o.Get(AcmeFields.Storage)),
                Challenges =
                    challenges.Count > 0 ? challenges
                    : dns is not null ? [AcmeChallenge.Dns]
                    : unwritten.Challenges,
                Dns = dns,
            }
        );
    }

    private static string? Meant(string word) =>
        word switch
        {
            "http" or "http_01" or "http01" or "httpChallenge" => "http-01",
            "tls" or "alpn" or "tls-alpn" or "tls_alpn_01" or "tls-alpn01" or "tlsChallenge" => "tls-alpn-01",
            "dns" or "dns_01" or "dns01" or "dnsChallenge" => "dns-01",
            _ => null,
        };

    private static string? Email(BindingContext c, ObjectReader o)
    {
        if (o.Get(AcmeFields.Email) is not { } node || ScalarReader.Text(c, node, "an e-mail address") is not { } text)
        {
            return null;
        }

        string address = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text[7..] : text;
        string[] parts = address.Split('@');
        if (parts is not [{ Length: > 0 }, { Length: > 0 }] || address.Any(ch => ch is <= ' ' or '\x7F' or ',' or '<' or '>' or '"'))
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"invalid e-mail address '{text}'", "as ops@example.com");
            return null;
        }

        return address;
    }

    private static string Ca(BindingContext c, ObjectReader o)
    {
        string url = o.Read(AcmeFields.Ca);
        if (o.Get(AcmeFields.Ca) is { } node && !(node is ScalarSyntax { IsUnresolved: true }) && !IsDirectory(url))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                $"invalid URL of a directory '{url}'",
                "write https:// and the whole URL, as https://ca.example.com/acme/acme/directory"
            );
        }

        return url;
    }

    private static string? Profile(BindingContext c, ObjectReader o)
    {
        string? profile = o.Text(AcmeFields.Profile);
        if (profile is not null && (profile.Length == 0 || profile.Any(ch => ch is <= ' ' or >= '\x7F')))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                o.Get(AcmeFields.Profile)?.Span ?? o.Node.Span,
                $"invalid name of a profile '{profile}'",
                "as 'classic' or 'shortlived': the authority's directory lists its own"
            );
            return null;
        }

        return profile;
    }

    private static AcmeBinding? BindEab(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, AcmeEabFields.Schema);
        string? keyId = o.Text(AcmeEabFields.KeyId);
        (string? macKey, string? file) = (null, null);
        if (o.Get(AcmeEabFields.MacKey) is MapSyntax map)
        {
            ObjectReader key = ObjectReader.Open(c, map, AcmeMacKeyFields.Schema);
            c.Written(new WrittenFields { At = key.Source });
            file = FileReference.File(c, key.Get(AcmeMacKeyFields.File));
        }
        else
        {
            macKey = o.Text(AcmeEabFields.MacKey);
            if (macKey is not null && !MacKeys.TryRead(macKey, out _))
            {
                c.Diagnostics.Report(
                    ValueRules.BadValue,
                    o.Get(AcmeEabFields.MacKey)?.Span ?? node.Span,
                    "the HMAC key is not base64url",
                    "copy it as the authority shows it, of A-Z, a-z, 0-9, '-' and '_'"
                );
            }
        }

        return keyId is null || (macKey is null && file is null)
            ? null
            : c.Written(
                new AcmeBinding
                {
                    At = o.Source,
                    KeyId = keyId,
                    MacKey = macKey,
                    MacKeyFile = file,
                }
            );
    }

    private static AcmeDns? BindDns(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, AcmeDnsFields.Schema);
        IReadOnlyList<SyntaxNode> words = o.Elements(AcmeDnsFields.Exec);
        o.NotEmpty(AcmeDnsFields.Exec, "write the program, as [/usr/local/bin/dns-hook]");
        string? program = words.Count > 0 ? FileReference.File(c, words[0]) : null;
        TimeSpan wait = o.Read(AcmeDnsFields.Wait);
        return program is null
            ? null
            : c.Written(
                new AcmeDns
                {
                    At = o.Source,
                    Exec = words.Skip(1).Select(n => ScalarReader.Text(c, n)).OfType<string>().Prepend(program).ToValueList(),
                    Wait = wait,
                }
            );
    }
}
