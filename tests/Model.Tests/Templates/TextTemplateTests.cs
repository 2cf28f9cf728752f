using Confgen.Model.Templates;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Templates;

public sealed class TextTemplateTests
{
    [Fact]
    public void Placeholders_and_text_alternate()
    {
        TextTemplate template = Parse("https://{host}:8443{uri}");
        Assert.Equal(
            [
                new TemplatePart("https://"),
                new TemplatePart(null, Placeholder.Host),
                new TemplatePart(":8443"),
                new TemplatePart(null, Placeholder.Uri),
            ],
            template.Parts
        );
        Assert.Null(template.AsLiteral);
        Assert.True(template.Uses(Placeholder.Uri));
        Assert.False(template.Uses(Placeholder.Path));
    }

    [Theory]
    [InlineData("{request_id}", Placeholder.RequestId)]
    [InlineData("{client_ip}", Placeholder.ClientIp)]
    [InlineData("{host}", Placeholder.Host)]
    [InlineData("{scheme}", Placeholder.Scheme)]
    [InlineData("{method}", Placeholder.Method)]
    [InlineData("{path}", Placeholder.Path)]
    [InlineData("{uri}", Placeholder.Uri)]
    [InlineData("{query}", Placeholder.Query)]
    [InlineData("{upstream_hostport}", Placeholder.UpstreamHostPort)]
    [InlineData("{port}", Placeholder.Port)]
    public void Each_placeholder_has_its_name(string text, Placeholder placeholder)
    {
        Assert.Equal([new TemplatePart(null, placeholder)], Parse(text).Parts);
        Assert.Equal(text, Parse(text).ToString());
    }

    [Fact]
    public void Every_placeholder_can_be_written() =>
        Assert.Equal(Enum.GetValues<Placeholder>(), Placeholders.All.Concat(Placeholders.Families).Select(p => p.Placeholder).Order());

    [Theory]
    [InlineData("{header.X-Mode}", Placeholder.Header, "X-Mode")]
    [InlineData("{header.x_`$.y}", Placeholder.Header, "x_`$.y")]
    [InlineData("{cookie.__Host-id}", Placeholder.Cookie, "__Host-id")]
    [InlineData("{query.a[%5d]}", Placeholder.QueryValue, "a[%5d]")]
    [InlineData("{path.1}", Placeholder.Group, "1")]
    [InlineData("{path.id}", Placeholder.Group, "id")]
    public void A_value_of_the_request_has_a_name(string text, Placeholder placeholder, string name)
    {
        Assert.Equal([new TemplatePart(null, placeholder, name)], Parse(text).Parts);
        Assert.Equal(text, Parse(text).ToString());
    }

    [Theory]
    [InlineData("{header.}", "{header.} is not the name of a header field, as {header.X-Mode}")]
    [InlineData("{header.a b}", "{header.a b} is not the name of a header field, as {header.X-Mode}")]
    [InlineData("{cookie.a;b}", "{cookie.a;b} is not the name of a cookie, as {cookie.session}")]
    [InlineData(
        "{query.a=b}",
        "{query.a=b} is not the name of a query's parameter, as {query.page}; what a URL can't hold is percent-encoded"
    )]
    [InlineData("{path.a-b}", "{path.a-b} is not a group of a regex, as {path.1} or {path.id}")]
    [InlineData("{header.host}", "{header.host}: write {host}")]
    [InlineData(
        "{header.x_forwarded-for}",
        "{header.x_forwarded-for} is what the request says of its own client, which anybody can make up: write {client_ip}, {scheme}, "
            + "{host} or {port}"
    )]
    [InlineData(
        "{header.Forwarded}",
        "{header.Forwarded} is what the request says of its own client, which anybody can make up: write {client_ip}, {scheme}, {host} or "
            + "{port}"
    )]
    [InlineData("{header.TE}", "{header.TE} belongs to the connection, and says nothing behind it: leave it out")]
    public void Says_which_values_can_not_be_named(string text, string expected)
    {
        Assert.False(TextTemplate.TryParse("x" + text, out _, out string? problem, out int offset));
        Assert.Equal((expected, 1), (problem, offset));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain $1 % ~", "plain $1 % ~")]
    [InlineData("{{host}}", "{host}")]
    [InlineData("{{\"a\": {{}}}}", "{\"a\": {}}")]
    public void Doubled_braces_are_literal(string text, string literal) => Assert.Equal(literal, Parse(text).AsLiteral);

    [Fact]
    public void A_placeholder_may_stand_between_literal_braces() => Assert.Equal("{a.test}", Parse("{{{host}}}").Expand(_ => "a.test"));

    [Theory]
    [InlineData("x {hosst}", 2, "there is no placeholder 'hosst': did you mean {host}? Write '{{' for a literal brace")]
    [InlineData("{clientip}", 0, "there is no placeholder 'clientip': did you mean {client_ip}? Write '{{' for a literal brace")]
    [InlineData(
        "{remote_addr}",
        0,
        "there is no placeholder 'remote_addr': it may be {request_id}, {client_ip}, {host}, {port}, {scheme}, {method}, {path}, "
            + "{uri}, {query}, {upstream_hostport}, {header.NAME}, {cookie.NAME}, {query.NAME}, {path.NAME}; write '{{' for a literal brace"
    )]
    [InlineData(
        "{}",
        0,
        "there is no placeholder '': it may be {request_id}, {client_ip}, {host}, {port}, {scheme}, {method}, {path}, "
            + "{uri}, {query}, {upstream_hostport}, {header.NAME}, {cookie.NAME}, {query.NAME}, {path.NAME}; write '{{' for a literal brace"
    )]
    [InlineData("{{ab{host", 4, "a '{' is never closed: write '{{' for a literal brace")]
    [InlineData("ab}", 2, "a '}' without its '{': write '}}' for a literal brace")]
    public void Says_what_is_wrong_where_and_the_way_out(string text, int at, string expected)
    {
        Assert.False(TextTemplate.TryParse(text, out _, out string? problem, out int offset));
        Assert.Equal((expected, at), (problem, offset));
    }

    [Fact]
    public void Expands_each_placeholder() =>
        Assert.Equal("<host>/<path>?<query>", Parse("{host}/{path}?{query}").Expand(p => $"<{p.Written.Trim('{', '}')}>"));

    [Fact]
    public void Any_literal_reads_back_from_its_print() =>
        Prop.ForAll(
                Gen.Elements("{", "}", "host", "{{", "$", "\"", "é").ListOf().Select(string.Concat).ToArbitrary(),
                text =>
                    Parse(TextTemplate.Literal(text).ToString()).AsLiteral == text
                    && Parse(TextTemplate.Literal(text).ToString()).Equals(TextTemplate.Literal(text))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_parses_prints_and_parses_as_the_same() =>
        Prop.ForAll(
                Gen.Elements("{host}", "{uri}", "{header.", "{cookie.", "{query.", "X-A", "}", "{{", "}}", "a", "/")
                    .ListOf()
                    .Select(string.Concat)
                    .ToArbitrary(),
                text => !TextTemplate.TryParse(text, out TextTemplate? template, out _) || Parse(template.ToString()).Equals(template)
            )
            .QuickCheckThrowOnFailure();

    private static TextTemplate Parse(string text) =>
        TextTemplate.TryParse(text, out TextTemplate? value, out string? problem) ? value : throw new FormatException(problem);
}
