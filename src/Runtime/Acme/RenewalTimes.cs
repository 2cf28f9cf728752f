using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Confgen.Runtime.Acme;

/// <summary>
/// When things are due. What looks random follows from a text, so that every process of a shared folder, and each after a restart, comes to
/// the same time.
/// </summary>
internal static class RenewalTimes
{
    // Of the lifetime: certificates that were made together are not all renewed together.
    private const double Spread = 1.0 / 30;

    /// <summary>At two thirds of the lifetime, or a little earlier.</summary>
    public static DateTimeOffset Usual(DateTimeOffset notBefore, DateTimeOffset notAfter, string seed) =>
        notBefore + ((notAfter - notBefore) * ((2.0 / 3) - (Spread * Part(seed))));

    /// <summary>A time in the window that the authority names (RFC 9773, section 4.2).</summary>
    public static DateTimeOffset Within(DateTimeOffset start, DateTimeOffset end, string seed) =>
        end > start ? start + ((end - start) * Part(seed)) : start;

    /// <summary>How long to wait after some failures: twice as long after each, up to a limit, and up to a fifth more.</summary>
    public static TimeSpan Backoff(TimeSpan first, TimeSpan longest, int failures, string seed)
    {
        double wait = first.TotalSeconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return TimeSpan.FromSeconds(Math.Min(wait, longest.TotalSeconds) * (1 + (0.2 * Part(seed + failures))));
    }

    // From 0 to less than 1.
    private static double Part(string seed) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed))) / (uint.MaxValue + 1.0);
}
