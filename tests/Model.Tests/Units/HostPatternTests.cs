using Confgen.Model.Units;

namespace Confgen.Model.Tests.Units;

public sealed class HostPatternTests
{
    [Theory]
    [InlineData("chat.example.com", HostPatternKind.Exact, "chat.example.com")]
    [InlineData("Chat.EXAMPLE.com", HostPatternKind.Exact, "chat.example.com")]
    [InlineData("localhost", HostPatternKind.Exact, "localhost")]
    [InlineData("my_host.example.com", HostPatternKind.Exact, "my_host.example.com")]
    [InlineData("192.0.2.1", HostPatternKind.Exact, "192.0.2.1")]
    [InlineData("[::1]", HostPatternKind.Exact, "[::1]")]
    [InlineData("2001:DB8:0::1", HostPatternKind.Exact, "[2001:db8::1]")]
    [InlineData("*.example.com", HostPatternKind.Wildcard, "example.com")]
    [InlineData("_", HostPatternKind.Any, "")]
    [InlineData("App.*", HostPatternKind.Trailing, "app")]
    [InlineData("app.example.*", HostPatternKind.Trailing, "app.example")]
    [InlineData("bücher.example", HostPatternKind.Exact, "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", HostPatternKind.Exact, "xn--bcher-kva.example")]
    [InlineData("*.日本語.jp", HostPatternKind.Wildcard, "xn--wgv71a119e.jp")]
    [InlineData("пример.рф", HostPatternKind.Exact, "xn--e1afmkfd.xn--p1ai")]
    [InlineData("xn--bcher-kva.example", HostPatternKind.Exact, "xn--bcher-kva.example")]
    public void Names_have_one_form(string text, HostPatternKind kind, string name)
    {
        Assert.True(HostPattern.TryParse(text, out HostPattern? value, out string? problem));
        Assert.Null(problem);
        Assert.Equal(new HostPattern(kind, name), value);
    }

    [Theory]
    [InlineData("", "an empty host: write the name, or '_' for every other host")]
    [InlineData("*", "for every host write '_'")]
    [InlineData("*.", "an empty host: write the name, or '_' for every other host")]
    [InlineData("https://a.example.com/x", "'https://a.example.com/x' has a scheme: write the host alone, 'a.example.com'")]
    [InlineData("https://", "'https://' has a scheme: write the host alone")]
    [InlineData("a.example.com/x", "'a.example.com/x' has a path: paths belong to the site's routes")]
    [InlineData("a.example.com:8443", "'a.example.com:8443' has a port: write it under 'listen'")]
    [InlineData("[::1]:80", "'[::1]:80' has a port: write it under 'listen'")]
    [InlineData("u@a.example.com", "'u@a.example.com' has credentials: write the host alone")]
    [InlineData(".example.com", "'.example.com' starts with a dot: write *.example.com for its subdomains")]
    [InlineData("a.example.com.", "'a.example.com.' ends with a dot: leave it out")]
    [InlineData(
        "a.*.example.com",
        "'a.*.example.com': a star stands for the whole first label, as in *.example.com, or for the last ones, as in app.*"
    )]
    [InlineData(
        "*a.example.com",
        "'*a.example.com': a star stands for the whole first label, as in *.example.com, or for the last ones, as in app.*"
    )]
    [InlineData(
        "*.*.example.com",
        "'*.*.example.com': a star stands for the whole first label, as in *.example.com, or for the last ones, as in app.*"
    )]
    [InlineData(
        "10.0.*",
        "invalid host name '10.0.*': it has labels of letters, digits and '-', at most 63 characters each, and no numbers alone at its end"
    )]
    [InlineData("*.app.*", "'*.app.*': a star stands for the whole first label, as in *.example.com, or for the last ones, as in app.*")]
    [InlineData("app*.*", "'app*.*': a star stands for the whole first label, as in *.example.com, or for the last ones, as in app.*")]
    [InlineData("*.192.0.2.1", "'*.192.0.2.1': an address has no part that a star could stand for")]
    [InlineData("*.[::1]", "'*.[::1]': an address has no part that a star could stand for")]
    [InlineData(
        "a..example.com",
        "invalid host name 'a..example.com': it has labels of letters, digits and '-', at most 63 characters each, and no numbers alone "
            + "at its end"
    )]
    [InlineData(
        "-a.example.com",
        "invalid host name '-a.example.com': it has labels of letters, digits and '-', at most 63 characters each, and no numbers alone "
            + "at its end"
    )]
    [InlineData(
        "1.2.3.256",
        "invalid host name '1.2.3.256': it has labels of letters, digits and '-', at most 63 characters each, and no numbers alone at its "
            + "end"
    )]
    [InlineData(
        "127.1",
        "invalid host name '127.1': it has labels of letters, digits and '-', at most 63 characters each, and no numbers alone at its end"
    )]
    [InlineData(
        "a b",
        "invalid host name 'a b': it has labels of letters, digits and '-', at most 63 characters each, and no numbers alone at its end"
    )]
    [InlineData(
        "a\r\nb",
        "invalid host name 'a\\u000d\\u000ab': it has labels of letters, digits and '-', at most 63 characters each, and no numbers alone "
            + "at its end"
    )]
    [InlineData(
        "ｅxample.com",
        "'ｅxample.com' has characters that not every program turns into the same name: write its ASCII form, which starts with xn--"
    )]
    [InlineData(
        "bu\u0308cher.example",
        "'bu\u0308cher.example' has characters that not every program turns into the same name: write its ASCII form, which starts with "
            + "xn--"
    )]
    [InlineData(
        "a。example",
        "'a。example' has characters that not every program turns into the same name: write its ASCII form, which starts with xn--"
    )]
    public void Says_what_is_wrong_and_the_way_out(string text, string expected)
    {
        Assert.False(HostPattern.TryParse(text, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", false)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    [InlineData("*.example.com", "a.badexample.com", false)]
    [InlineData("a.example.com", "a.example.com", true)]
    [InlineData("a.example.com", "b.example.com", false)]
    [InlineData("_", "anything", true)]
    public void A_star_stands_for_exactly_one_label(string pattern, string host, bool matches)
    {
        Assert.True(HostPattern.TryParse(pattern, out HostPattern? value, out _));
        Assert.Equal(matches, value.Matches(host));
    }

    [Theory]
    [InlineData("*.example.com")]
    [InlineData("_")]
    [InlineData("[::1]")]
    [InlineData("a.example.com")]
    public void Prints_what_was_written(string text) =>
        Assert.Equal(text, HostPattern.TryParse(text, out HostPattern? value, out _) ? value.ToString() : null);
}
