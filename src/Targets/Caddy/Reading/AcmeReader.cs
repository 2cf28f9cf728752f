using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>
/// Reads where certificates come from: global options, options of <c>tls</c>, and what stands in an <c>acme</c> issuer. A spec has one
/// authority and one account; what differs from the first that was read is lost.
/// </summary>
internal static class AcmeReader
{
    private const string OneAuthority = "a spec has one authority, and one account there: another place says otherwise";

    /// <summary>A global option; false where it is none of these.</summary>
    public static bool Global(SourceLine line, OutputMap spec)
    {
        switch (line.Name)
        {
            case "email":
                Say(line, spec, "email", line.First);
                return true;
            case "acme_ca":
                Say(line, spec, "ca", line.First);
                return true;
            case "acme_ca_root":
                Say(line, spec, "ca_root", line.First);
                return true;
            case "acme_eab":
                Binding(line, spec, Child(line, "key_id"), Child(line, "mac_key"));
                return true;
            case "cert_issuer" when line.First == "acme":
                Issuer(line, spec);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The account that <c>tls</c> names by an address alone.</summary>
    public static void Account(SourceLine line, OutputMap spec, string email) => Say(line, spec, "email", email);

    /// <summary>An option of <c>tls</c> or of an issuer; false where it is none of these.</summary>
    public static bool Option(SourceLine line, OutputMap spec)
    {
        switch (line.Name)
        {
            case "email" or "profile":
                Say(line, spec, line.Name, line.First);
                return true;
            case "ca" or "dir":
                Say(line, spec, "ca", line.First);
                return true;
            case "ca_root" or "trusted_roots" when line.Arguments.Count == 1:
                Say(line, spec, "ca_root", line.First);
                return true;
            case "eab":
                Binding(line, spec, line.Arguments.ElementAtOrDefault(0), line.Arguments.ElementAtOrDefault(1));
                return true;
            case "issuer" when line.First == "acme":
                Issuer(line, spec);
                return true;
            default:
                return false;
        }
    }

    private static void Issuer(SourceLine line, OutputMap spec)
    {
        line.Entry.Imply("certificates come from ACME");
        if (line.Arguments.Count > 1)
        {
            Say(line, spec, "ca", line.Arguments[1]);
        }

        SourceLine[] disabled =
        [
            .. line.Block.Where(l => l.Name is "disable_http_challenge" or "disable_tlsalpn_challenge").DistinctBy(l => l.Name),
        ];
        if (disabled.Length == 1)
        {
            string left = disabled[0].Name == "disable_http_challenge" ? "tls-alpn-01" : "http-01";
            Say(disabled[0], spec, "challenges", left);
        }

        foreach (SourceLine inner in line.Block.Except(disabled.Length == 1 ? disabled : []))
        {
            if (inner.Name is "timeout" or "preferred_chains" or "test_dir")
            {
                inner.TuneAll("how Caddy gets its certificates");
            }
            else if (inner.Name == "issuer" || !Option(inner, spec))
            {
                inner.LoseAll($"'acme' has nothing for '{inner.Name}'");
            }
        }
    }

    private static void Binding(SourceLine line, OutputMap spec, string? keyId, string? key)
    {
        if (keyId is null || key is null || Differs(spec, "eab", $"{Value(keyId)} {Value(key)}"))
        {
            line.LoseAll(keyId is null || key is null ? "it has no key" : OneAuthority);
            return;
        }

        OutputMap eab = spec.Map("acme").Map("eab");
        eab.Set("key_id", Value(keyId));
        eab.Set("mac_key", Value(key));
        foreach (SourceLine said in line.All)
        {
            said.Entry.Say(eab);
        }
    }

    private static void Say(SourceLine line, OutputMap spec, string key, string value)
    {
        if (Differs(spec, key, Value(value)))
        {
            line.Entry.Lose(OneAuthority);
        }
        else
        {
            line.Entry.Say(spec.Map("acme").Set(key, Value(value)));
        }
    }

    private static bool Differs(OutputMap spec, string key, string value) =>
        (spec["acme"] as OutputMap)?[key] switch
        {
            OutputText text => text.Text != value,
            OutputMap eab => $"{(eab["key_id"] as OutputText)?.Text} {(eab["mac_key"] as OutputText)?.Text}" != value,
            _ => false,
        };

    // A variable of the environment that Caddy reads when it starts.
    private static string Value(string text) =>
        text.StartsWith("{env.", StringComparison.Ordinal) && text.EndsWith('}') ? EnvironmentMarks.Of(text[5..^1]) : text;

    private static string? Child(SourceLine block, string name) => block.Block.Find(l => l.Name == name)?.First;
}
