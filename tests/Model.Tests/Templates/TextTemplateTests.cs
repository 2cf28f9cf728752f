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
    public void Each_placeholder_has_its_name(string text, Placeholder placeholder)
    {
        Assert.Equal([new TemplatePart(null, placeholder)], Parse(text).Parts);
        Assert.Equal(text, Parse(text).ToString());
    }

    [Fact]
    public void Every_placeholder_can_be_written() =>
        Assert.Equal(Enum.GetValues<Placeholder>(), Placeholders.All.Select(p => p.Placeholder));

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
        "there is no placeholder 'remote_addr': it may be {request_id}, {client_ip}, {host}, {scheme}, {method}, {path}, {uri}, {query}, "
            + "{upstream_hostport}; write '{{' for a literal brace"
    )]
    [InlineData(
        "{}",
        0,
        "there is no placeholder '': it may be {request_id}, {client_ip}, {host}, {scheme}, {method}, {path}, {uri}, {query}, "
            + "{upstream_hostport}; write '{{' for a literal brace"
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
        Assert.Equal("<host>/<path>?<query>", Parse("{host}/{path}?{query}").Expand(p => $"<{Placeholders.NameOf(p)}>"));

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
                Gen.Elements("{host}", "{uri}", "{{", "}}", "a", "/").ListOf().Select(string.Concat).ToArbitrary(),
                text => !TextTemplate.TryParse(text, out TextTemplate? template, out _) || Parse(template.ToString()).Equals(template)
            )
            .QuickCheckThrowOnFailure();

    private static TextTemplate Parse(string text) =>
        TextTemplate.TryParse(text, out TextTemplate? value, out string? problem) ? value : throw new FormatException(problem);
}
