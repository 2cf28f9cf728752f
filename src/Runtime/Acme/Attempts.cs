using System.Globalization;
using System.Text.Json;
using Confgen.Files;

namespace Confgen.Runtime.Acme;

/// <summary>
/// The attempts at a certificate that have failed since the last one was had; kept on the disk, so that no restart forgets them.
/// </summary>
/// <param name="Failures">How many.</param>
/// <param name="Last">When the last one was.</param>
/// <param name="Next">When the next one is.</param>
/// <param name="NotBefore">The time before which the authority wants none.</param>
/// <param name="Error">Why the last one failed.</param>
internal sealed record Attempts(int Failures, DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset NotBefore, string Error)
{
    /// <summary>None that has failed.</summary>
    public static readonly Attempts None = new(0, DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue, "");

    private const string File = "attempts.json";

    /// <summary>Reads those of a certificate's folder.</summary>
    public static Attempts Read(string folder) =>
        AcmeStorage.ReadJson(Path.Combine(folder, File)) is { } json
        && json.TryGetProperty("failures", out JsonElement number)
        && number.TryGetInt32(out int failures)
            ? new Attempts(failures, Time(json, "last"), Time(json, "next"), Time(json, "not_before"), AcmeJson.Text(json, "error") ?? "")
            : None;

    /// <summary>Writes them.</summary>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, File);
        if (Failures == 0)
        {
            AcmeStorage.Remove(path);
            return;
        }

        SecretFile.Write(
            path,
            AcmeJson.Write(json =>
            {
                json.WriteNumber("failures", Failures);
                json.WriteString("last", Last);
                json.WriteString("next", Next);
                json.WriteString("not_before", NotBefore);
                json.WriteString("error", Error);
            })
        );
    }

    /// <summary>One more that has failed.</summary>
    public Attempts Failed(AcmeException why, DateTimeOffset now, AcmePace pace, string seed)
    {
        int failures = Failures + 1;
        TimeSpan wait = why.IsUnreachable
            ? RenewalTimes.Backoff(pace.Unreachable, pace.LongestUnreachable, failures, seed)
            : RenewalTimes.Backoff(pace.Refused, pace.LongestRefused, failures, seed);
        DateTimeOffset notBefore = why.RetryAfter is { } demanded ? now + demanded : DateTimeOffset.MinValue;
        return new Attempts(failures, now, Later(now + wait, notBefore), notBefore, why.Message);
    }

    /// <summary>
    /// When the next one is: not after what the clock could not have meant when it was written, and soon after a start, whose reason may be
    /// that the cause is removed.
    /// </summary>
    public DateTimeOffset Due(DateTimeOffset now, DateTimeOffset started, AcmePace pace)
    {
        if (Failures == 0)
        {
            return DateTimeOffset.MinValue;
        }

        // The clock was set back since.
        if (Last > now + pace.Between)
        {
            return DateTimeOffset.MinValue;
        }

        DateTimeOffset soon = Later(Last + pace.AfterStart, NotBefore);
        return Last < started && soon < Next ? soon : Next;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Time(JsonElement json, string name) =>
        DateTimeOffset.TryParse(AcmeJson.Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            ? time
            : DateTimeOffset.MinValue;
}
