using Confgen.Model.Units;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Units;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1y", 31_536_000_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1m500ms", 60_500)]
    [InlineData("1.5s", 1500)]
    [InlineData("0.5h", 1_800_000)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("100y", 3_153_600_000_000)]
    public void Reads_a_number_with_a_unit(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out TimeSpan value, out string? problem));
        Assert.Null(problem);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData("60", "'60' has no unit: write 60s for seconds, or ms, m, h, d, y")]
    [InlineData("", "invalid duration '': write it as 500ms, 30s, 5m, 1h30m or 1d")]
    [InlineData("soon", "invalid duration 'soon': write it as 500ms, 30s, 5m, 1h30m or 1d")]
    [InlineData("-1s", "invalid duration '-1s': write it as 500ms, 30s, 5m, 1h30m or 1d")]
    [InlineData(".5s", "invalid duration '.5s': write it as 500ms, 30s, 5m, 1h30m or 1d")]
    [InlineData("1.2.3s", "invalid duration '1.2.3s': write it as 500ms, 30s, 5m, 1h30m or 1d")]
    [InlineData("5 s", "invalid duration '5 s': the units are ms, s, m, h, d and y, as in 500ms, 30s or 1h30m")]
    [InlineData("1w", "invalid duration '1w': the units are ms, s, m, h, d and y, as in 500ms, 30s or 1h30m")]
    [InlineData("5S", "invalid duration '5S': the units are ms, s, m, h, d and y, as in 500ms, 30s or 1h30m")]
    [InlineData("1h30", "invalid duration '1h30': the units are ms, s, m, h, d and y, as in 500ms, 30s or 1h30m")]
    [InlineData("30m1h", "invalid duration '30m1h': write each unit once, the longest first, as 1h30m")]
    [InlineData("1s1s", "invalid duration '1s1s': write each unit once, the longest first, as 1h30m")]
    [InlineData("0.5ms", "'0.5ms' is finer than a millisecond: write whole ms")]
    [InlineData("101y", "'101y' is over a hundred years")]
    [InlineData("99999999999999999999y", "'99999999999999999999y' is over a hundred years")]
    public void Says_what_is_wrong_and_the_way_out(string text, string expected)
    {
        Assert.False(Durations.TryParse(text, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(60_000, "1m")]
    [InlineData(90_000, "90s")]
    [InlineData(5_400_000, "90m")]
    [InlineData(86_400_000, "1d")]
    [InlineData(31_536_000_000, "1y")]
    [InlineData(1500, "1s500ms")]
    [InlineData(86_401_000, "1d1s")]
    public void Prints_a_short_form(long milliseconds, string text) =>
        Assert.Equal(text, Durations.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void What_it_prints_reads_back() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).Two().Select(p => ((long)p.Item1 * 1400) + (p.Item2 % 1000)).ToArbitrary(),
                ms =>
                    Durations.TryParse(Durations.Format(TimeSpan.FromMilliseconds(ms)), out TimeSpan back, out _)
                    && back == TimeSpan.FromMilliseconds(ms)
            )
            .QuickCheckThrowOnFailure();
}
