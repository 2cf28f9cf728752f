using System.Text.Json;

namespace Confgen.Runtime.Acme;

/// <summary>What the authority wants to see of one name (RFC 8555, section 7.1.4).</summary>
/// <param name="Name">The name, without a wildcard's star.</param>
/// <param name="IsWildcard">Whether it is asked for all names of one label below it.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Challenges">The ways to prove it: type, URL, token, status, and what was wrong.</param>
internal sealed record AcmeAuthorization(
    string Name,
    bool IsWildcard,
    string Status,
    IReadOnlyList<(string Type, string Url, string Token, string Status, AcmeProblem? Error)> Challenges
)
{
    /// <summary>Reads one.</summary>
    public static AcmeAuthorization Read(JsonElement json) =>
        new(
            json.TryGetProperty("identifier", out JsonElement id) ? AcmeJson.Text(id, "value") ?? "" : "",
            AcmeJson.IsTrue(json, "wildcard"),
            AcmeJson.Text(json, "status") ?? "",
            [
                .. AcmeJson
                    .Items(json, "challenges")
                    .Select(c =>
                        (
                            AcmeJson.Text(c, "type") ?? "",
                            AcmeJson.Text(c, "url") ?? "",
                            AcmeJson.Text(c, "token") ?? "",
                            AcmeJson.Text(c, "status") ?? "",
                            c.TryGetProperty("error", out JsonElement error) ? AcmeProblem.Read(error) : null
                        )
                    ),
            ]
        );
}
