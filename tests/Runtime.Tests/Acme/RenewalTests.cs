using Confgen.Runtime.Acme;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>When a certificate is renewed, and when it is tried again.</summary>
public sealed class RenewalTests
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AcmePace _pace = new();

    [Theory]
    [InlineData(90 * 24)]
    [InlineData(6 * 24)]
    [InlineData(0.01)]
    public void It_is_renewed_at_two_thirds_of_its_life_or_a_little_earlier(double hours)
    {
        var life = TimeSpan.FromHours(hours);
        double[] parts = [.. Enumerable.Range(0, 200).Select(i => (RenewalTimes.Usual(_start, _start + life, $"{i}") - _start) / life)];
        Assert.All(parts, p => Assert.InRange(p, 0.633, 0.6667));
        Assert.True(parts.Max() - parts.Min() > 0.02, "they are spread");
        Assert.Equal(RenewalTimes.Usual(_start, _start + life, "a"), RenewalTimes.Usual(_start, _start + life, "a"));
    }

    [Fact]
    public void A_window_is_used_in_all_its_width()
    {
        double[] parts =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(i => (RenewalTimes.Within(_start, _start.AddDays(1), $"{i}") - _start) / TimeSpan.FromDays(1)),
        ];
        Assert.All(parts, p => Assert.InRange(p, 0, 1));
        Assert.True(parts.Max() > 0.9 && parts.Min() < 0.1);
        Assert.Equal(_start, RenewalTimes.Within(_start, _start.AddDays(-1), "an odd window"));
    }

    [Fact]
    public void Waits_grow_up_to_a_limit()
    {
        var attempts = Attempts.None;
        var waits = new List<double>();
        for (int i = 0; i < 40; i++)
        {
            attempts = attempts.Failed(Refused(), _start, _pace, "a");
            waits.Add((attempts.Next - _start).TotalMinutes);
        }

        Assert.InRange(waits[0], 2, 2.4);
        Assert.InRange(waits[4], 32, 38.4);
        Assert.All(waits, w => Assert.True(w <= 6 * 60 * 1.2));
        Assert.InRange(waits[^1], 6 * 60, 6 * 60 * 1.2);
        Assert.InRange((Attempts.None.Failed(new AcmeException("unreachable"), _start, _pace, "a").Next - _start).TotalSeconds, 10, 12);
    }

    [Fact]
    public void A_start_brings_the_next_attempt_nearer_but_never_before_the_authority_wants_it()
    {
        Attempts many = new(9, _start, _start.AddHours(6), DateTimeOffset.MinValue, "");
        Assert.Equal(_start.AddHours(6), many.Due(_start.AddMinutes(5), _start.AddDays(-1), _pace));
        Assert.Equal(_start.AddMinutes(1), many.Due(_start.AddMinutes(5), _start.AddMinutes(5), _pace));
        Attempts demanded = many with { NotBefore = _start.AddHours(3) };
        Assert.Equal(_start.AddHours(3), demanded.Due(_start.AddMinutes(5), _start.AddMinutes(5), _pace));
        Assert.Equal(_start.AddHours(12), Attempts.None.Failed(Refused(TimeSpan.FromHours(12)), _start, _pace, "a").Next);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_stop_the_attempts()
    {
        Attempts many = new(9, _start, _start.AddHours(6), DateTimeOffset.MinValue, "");
        Assert.True(many.Due(_start.AddYears(-3), _start.AddYears(-3), _pace) < _start.AddYears(-3));
        Assert.True(many.Due(_start.AddYears(3), _start, _pace) < _start.AddYears(3));
    }

    private static AcmeException Refused(TimeSpan? retryAfter = null) =>
        new("refused")
        {
            Problem = new AcmeProblem("dns", ""),
            Status = 403,
            RetryAfter = retryAfter,
        };
}
