using System.Text.Json;

namespace Confgen.Runtime.Acme;

/// <summary>An error of the authority (RFC 8555, section 6.7; RFC 7807).</summary>
/// <param name="Type">Its type, without the prefix of ACME's own.</param>
/// <param name="Detail">What a person reads.</param>
internal sealed record AcmeProblem(string Type, string Detail)
{
    public const string BadNonce = "badNonce";
    public const string RateLimited = "rateLimited";
    public const string AccountDoesNotExist = "accountDoesNotExist";
    public const string AlreadyReplaced = "alreadyReplaced";

    private const string Prefix = "urn:ietf:params:acme:error:";
    private const int LongestText = 600;

    /// <summary>Reads one; subproblems are added to the detail.</summary>
    public static AcmeProblem Read(JsonElement json)
    {
        string type = AcmeJson.Text(json, "type") ?? "";
        string detail = AcmeJson.Text(json, "detail") ?? AcmeJson.Text(json, "title") ?? "";
        foreach (JsonElement sub in AcmeJson.Items(json, "subproblems"))
        {
            string? name = sub.TryGetProperty("identifier", out JsonElement id) ? AcmeJson.Text(id, "value") : null;
            detail += $"; {(name is null ? "" : name + ": ")}{AcmeJson.Text(sub, "detail")}";
        }

        return new AcmeProblem(
            type.StartsWith(Prefix, StringComparison.Ordinal) ? Printable(type[Prefix.Length..]) : Printable(type),
            Printable(detail)
        );
    }

    /// <summary>As a log shows it.</summary>
    public override string ToString() =>
        Type.Length == 0 ? Detail
        : Detail.Length == 0 ? Type
        : $"{Type}: {Detail}";

    // It comes from the network, and goes to a terminal.
    private static string Printable(string text)
    {
        string shown = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return shown.Length > LongestText ? shown[..LongestText] + "..." : shown;
    }
}
