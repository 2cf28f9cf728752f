using System.Globalization;
using System.Text.Json;
using Confgen.Files;

namespace Confgen.Runtime.Acme;

/// <summary>When the authority wants a certificate to be renewed (RFC 9773).</summary>
/// <param name="Id">The certificate, as it is called there.</param>
/// <param name="Start">From when on.</param>
/// <param name="End">Until when.</param>
/// <param name="AskAgain">When the window may have changed.</param>
internal sealed record RenewalInfo(string Id, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset AskAgain)
{
    private const string File = "renewal.json";

    // What an authority says is bounded: RFC 9773, section 4.3.2, has a day as an example.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    /// <summary>Reads what is known of a certificate.</summary>
    public static RenewalInfo? Read(string folder, string id) =>
        AcmeStorage.ReadJson(Path.Combine(folder, File)) is { } json && AcmeJson.Text(json, "id") == id ? Of(json, id) : null;

    /// <summary>Asks the authority, and writes what it says; null where it doesn't know.</summary>
    public static async Task<RenewalInfo?> AskAsync(
        AcmeClient client,
        string folder,
        string id,
        AcmePace pace,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        AcmeDirectory directory = await client.DirectoryAsync(cancellation);
        if (directory.RenewalInfo is not { } url)
        {
            return null;
        }

        AcmeResponse response = await client.GetAsync($"{url}/{id}", cancellation);
        JsonElement json = response.Json;
        if (!json.TryGetProperty("suggestedWindow", out JsonElement window) || Of(window, id) is not { } found)
        {
            return null;
        }

        TimeSpan wait = response.RetryAfter ?? pace.RenewalInfo;
        RenewalInfo info = found with { AskAgain = time.GetUtcNow() + (wait < _longest ? wait : _longest) };
        SecretFile.Write(
            Path.Combine(folder, File),
            AcmeJson.Write(j =>
            {
                j.WriteString("id", id);
                j.WriteString("start", info.Start);
                j.WriteString("end", info.End);
                j.WriteString("ask_again", info.AskAgain);
            })
        );
        return info;
    }

    private static RenewalInfo? Of(JsonElement json, string id) =>
        Time(json, "start") is { } start && Time(json, "end") is { } end
            ? new RenewalInfo(id, start, end, Time(json, "ask_again") ?? DateTimeOffset.MinValue)
            : null;

    private static DateTimeOffset? Time(JsonElement json, string name) =>
        DateTimeOffset.TryParse(
            AcmeJson.Text(json, name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time
        )
            ? time
            : null;
}
