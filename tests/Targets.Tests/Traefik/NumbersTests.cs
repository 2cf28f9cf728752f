using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Targets.Traefik.Building;

namespace Confgen.Targets.Tests.Traefik;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(99)]
    [InlineData(899)]
    [InlineData(1_048_576)]
    [InlineData(100_000_000)]
    public void Greater_numbers_match_and_no_others(long limit)
    {
        var regex = new Regex($"^0*(?:{Numbers.Above(limit)})$");
        long[] near = [0, 1, limit / 10, limit - 1, limit, limit + 1, limit + 9, limit * 2, limit * 10, limit * 10 + 1, long.MaxValue];
        Assert.All(near, number => Assert.Equal(number > limit, regex.IsMatch(number.ToString(CultureInfo.InvariantCulture))));
    }
}
