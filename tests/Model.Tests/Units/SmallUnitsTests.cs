using Confgen.Model.Units;

namespace Confgen.Model.Tests.Units;

public sealed class SmallUnitsTests
{
    [Theory]
    [InlineData("10/s", 10, 1)]
    [InlineData("600/m", 600, 60)]
    [InlineData("1000/h", 1000, 3600)]
    public void A_rate_is_requests_in_a_time(string text, int count, int seconds)
    {
        Assert.True(RequestRate.TryParse(text, out RequestRate value, out string? problem));
        Assert.Null(problem);
        Assert.Equal(new RequestRate(count, TimeSpan.FromSeconds(seconds)), value);
        Assert.Equal(text, value.ToString());
    }

    [Fact]
    public void A_rate_has_an_interval() =>
        Assert.Equal(TimeSpan.FromMilliseconds(100), new RequestRate(10, TimeSpan.FromSeconds(1)).Interval);

    [Theory]
    [InlineData("10", "invalid rate '10': write it as 10/s, 600/m or 1000/h")]
    [InlineData("10r/s", "invalid rate '10r/s': write it as 10/s, 600/m or 1000/h")]
    [InlineData("/s", "invalid rate '/s': write it as 10/s, 600/m or 1000/h")]
    [InlineData("10/d", "invalid rate '10/d': write it as 10/s, 600/m or 1000/h")]
    [InlineData("0/s", "'0/s' lets nothing pass: write 1/s or more, or deny the route")]
    [InlineData("1000001/s", "'1000001/s' is over a million requests")]
    public void A_bad_rate_says_the_way_out(string text, string expected)
    {
        Assert.False(RequestRate.TryParse(text, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("503", 503, 503, "503")]
    [InlineData("5xx", 500, 599, "5xx")]
    [InlineData("2XX", 200, 299, "2xx")]
    public void A_status_or_a_class(string text, int first, int last, string printed)
    {
        Assert.True(StatusPattern.TryParse(text, out StatusPattern? value, out _));
        Assert.Equal(new StatusPattern(first, last), value);
        Assert.Equal(printed, value.ToString());
        Assert.True(value.Matches(first) && value.Matches(last) && !value.Matches(last + 1) && !value.Matches(first - 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("6xx")]
    [InlineData("0xx")]
    [InlineData("50x")]
    [InlineData("099")]
    [InlineData("600")]
    [InlineData("5xxx")]
    public void A_bad_status_says_the_way_out(string text)
    {
        Assert.False(StatusPattern.TryParse(text, out _, out string? problem));
        Assert.Equal($"invalid status '{text}': write 100 to 599, or a class as 5xx", problem);
    }

    [Theory]
    [InlineData("X-Request-ID", true)]
    [InlineData("!#$%&'*+-.^_`|~09azAZ", true)]
    [InlineData("", false)]
    [InlineData("X Frame", false)]
    [InlineData("X:Y", false)]
    [InlineData("X\r\n", false)]
    [InlineData("é", false)]
    public void Names_are_tokens(string text, bool good) => Assert.Equal(good, HttpTokens.IsToken(text));

    [Theory]
    [InlineData("", true)]
    [InlineData("max-age=1, \"x\"\ty", true)]
    [InlineData("é", true)]
    [InlineData(" x", false)]
    [InlineData("x\t", false)]
    [InlineData("a\r\nb: c", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\0", false)]
    [InlineData("a\x7F", false)]
    public void Values_can_never_end_a_line(string text, bool good) => Assert.Equal(good, HttpTokens.IsFieldValue(text));

    [Theory]
    [InlineData("abc-123_~!{}", true)]
    [InlineData("", true)]
    [InlineData("a;b", false)]
    [InlineData("a,b", false)]
    [InlineData("a b", false)]
    [InlineData("a\"b", false)]
    [InlineData("a\\b", false)]
    public void Cookie_values_need_no_quotes(string text, bool good) => Assert.Equal(good, HttpTokens.IsCookieValue(text));

    [Fact]
    public void A_message_never_repeats_a_text_without_end()
    {
        Assert.False(Durations.TryParse(new string('x', 1_000_000), out _, out string? problem));
        Assert.InRange(problem?.Length ?? 0, 1, 200);
    }
}
