using Confgen.Model.Units;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Units;

public sealed class SizesTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("1kB", 1000)]
    [InlineData("1KB", 1000)]
    [InlineData("1KiB", 1024)]
    [InlineData("50MB", 50_000_000)]
    [InlineData("50 MB", 50_000_000)]
    [InlineData("1MiB", 1_048_576)]
    [InlineData("1.5MB", 1_500_000)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("1GiB", 1_073_741_824)]
    [InlineData("1TiB", 1_099_511_627_776)]
    public void Decimal_and_binary_units_differ(string text, long bytes)
    {
        Assert.True(Sizes.TryParse(text, out long value, out string? problem));
        Assert.Null(problem);
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("100m", "'100m' could mean two sizes: write 100MiB for powers of 1024 or 100MB for powers of 1000")]
    [InlineData("8k", "'8k' could mean two sizes: write 8KiB for powers of 1024 or 8kB for powers of 1000")]
    [InlineData("1gb", "'1gb' could mean two sizes: write 1GiB for powers of 1024 or 1GB for powers of 1000")]
    [InlineData("lots", "invalid size 'lots': write it as 512KiB, 50MB or 1GiB")]
    [InlineData("", "invalid size '': write it as 512KiB, 50MB or 1GiB")]
    [InlineData("-1", "invalid size '-1': write it as 512KiB, 50MB or 1GiB")]
    [InlineData("1PB", "invalid size '1PB': the units are B, kB, MB, GB, TB and KiB, MiB, GiB, TiB")]
    [InlineData("0.5", "'0.5' isn't a whole number of bytes")]
    [InlineData("1025TiB", "'1025TiB' is over a pebibyte")]
    public void Says_what_is_wrong_and_the_way_out(string text, string expected)
    {
        Assert.False(Sizes.TryParse(text, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1000, "1kB")]
    [InlineData(32 * 1024, "32KiB")]
    [InlineData(100_000_000, "100MB")]
    [InlineData(1_024_000, "1024kB")]
    [InlineData(7, "7B")]
    public void Prints_the_shortest_form(long bytes, string text) => Assert.Equal(text, Sizes.Format(bytes));

    [Fact]
    public void What_it_prints_reads_back() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).Two().Select(p => (long)p.Item1 * (p.Item2 % 1024)).ToArbitrary(),
                bytes => Sizes.TryParse(Sizes.Format(bytes), out long back, out _) && back == bytes
            )
            .QuickCheckThrowOnFailure();
}
