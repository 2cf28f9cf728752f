using System.Globalization;
using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>The Date field's value (RFC 9110, section 5.6.7), made once a second.</summary>
internal sealed class HttpDate(TimeProvider time)
{
    private Stamp _stamp = new(0, []);

    /// <summary>The value for now.</summary>
    public ReadOnlySpan<byte> Now
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            long second = now.UtcTicks / TimeSpan.TicksPerSecond;
            Stamp stamp = Volatile.Read(ref _stamp);
            if (stamp.Second != second)
            {
                stamp = new Stamp(second, Encoding.ASCII.GetBytes(now.ToString("r", CultureInfo.InvariantCulture)));
                Volatile.Write(ref _stamp, stamp);
            }

            return stamp.Text;
        }
    }

    private sealed record Stamp(long Second, byte[] Text);
}
