using System.Text.Json;

namespace Confgen.Runtime.Acme;

/// <summary>Where an authority takes what (RFC 8555, section 7.1.1).</summary>
/// <param name="NewNonce">For a nonce.</param>
/// <param name="NewAccount">For an account.</param>
/// <param name="NewOrder">For an order.</param>
/// <param name="RenewalInfo">What the time to renew a certificate is asked below (RFC 9773); null where it isn't offered.</param>
/// <param name="NeedsBinding">Whether an account must be bound to one that the authority knows otherwise.</param>
/// <param name="Profiles">The kinds of certificates that it has.</param>
internal sealed record AcmeDirectory(
    string NewNonce,
    string NewAccount,
    string NewOrder,
    string? RenewalInfo,
    bool NeedsBinding,
    IReadOnlyList<string> Profiles
)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It lacks what every authority must have.</exception>
    public static AcmeDirectory Read(JsonElement json)
    {
        JsonElement meta = json.TryGetProperty("meta", out JsonElement found) ? found : default;
        return new AcmeDirectory(
            Needed(json, "newNonce"),
            Needed(json, "newAccount"),
            Needed(json, "newOrder"),
            AcmeJson.Text(json, "renewalInfo")?.TrimEnd('/'),
            AcmeJson.IsTrue(meta, "externalAccountRequired"),
            meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("profiles", out JsonElement profiles)
            && profiles.ValueKind == JsonValueKind.Object
                ? [.. profiles.EnumerateObject().Select(p => p.Name)]
                : []
        );
    }

    private static string Needed(JsonElement json, string name) =>
        AcmeJson.Text(json, name) ?? throw new JsonException($"the directory has no '{name}'");
}
