using Confgen.Targets.Caddy.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Caddy;

public sealed class CaddyParserTests
{
    private static readonly CaddyVersion Debian = new(6, 2);

    [Theory]
    [InlineData("abc \"def ghi\"", "abc|def ghi")]
    [InlineData("a \"b \\\"c\\\" \\d\"", "a|b \"c\" \\d")]
    [InlineData("a `b \"c\" \\`", "a|b \"c\" \\")]
    [InlineData("a \"b\nc\"", "a|b\nc")]
    [InlineData("a b#c # d", "a|b#c")]
    [InlineData("a \\b c\\\\", "a|\\b|c\\\\")]
    [InlineData("a \\\nb", "a|b")]
    [InlineData("a\rb", "ab")]
    [InlineData("a {$X:b}", "a|b")]
    [InlineData("a \"{$X:b c}\"", "a|b c")]
    [InlineData("a {$X:\\{}$Y\\}", "a|\\{$Y\\}")]
    [InlineData("a \u00A0b", "a|b")]
    public void A_line_splits_into_the_tokens_that_Caddy_sees(string line, string tokens)
    {
        CaddyDocument document = CaddyParser.Parse(":80 {\n" + line + "\n}\n", Debian);
        Assert.Null(document.Problem);
        CaddyNode only = Assert.Single(document.Nodes.First().Block ?? []);
        Assert.Equal(tokens, string.Join('|', only.Tokens.Select(static token => token.Text)));
    }

    [Fact]
    public void A_heredoc_is_one_from_2_7_on()
    {
        const string Text = ":80 {\n\trespond <<END\n\t\tone\n\t\t two\n\t\tEND 200\n}\n";
        CaddyNode line = Assert.Single(CaddyParser.Parse(Text, new CaddyVersion(7)).Nodes.First().Block ?? []);
        Assert.Equal(["respond", "one\n two", "200"], line.Tokens.Select(static token => token.Text));
        Assert.Equal(4, CaddyParser.Parse(Text, Debian).Nodes.First().Block?.Count);
    }

    [Theory]
    [InlineData("{\n\tdebug\n}\n(s) {\n}\na.test, b.test {\n}\n&(r) {\n}\nimport x\n", "GlobalOptions Snippet Site NamedRoute Directive")]
    [InlineData("# c\nlocalhost\n\nrespond ok\n", "Comment Site")]
    [InlineData("", "")]
    public void The_parts_of_a_file_are_told_apart(string text, string kinds)
    {
        CaddyDocument document = CaddyParser.Parse(text, CaddyVersion.Newest);
        Assert.Null(document.Problem);
        Assert.Equal(kinds, string.Join(' ', document.Nodes.Select(static node => node.Kind)));
    }

    [Theory]
    [InlineData(":80 {\n\trespond \"x\n}\n", 2, 10)]
    [InlineData(":80 {\n\trespond x\n", 1, 5)]
    [InlineData(":80 {\n\trespond x }\n}\n", 2, 12)]
    [InlineData(":80 {\n\thandle { respond x\n\t}\n}\n", 2, 11)]
    [InlineData(":80 {\n\theader X \"{\"\n}\n", 1, 5)]
    [InlineData(":80{\n}\n", 1, 1)]
    [InlineData("a.test,\n", 1, 1)]
    [InlineData("a.test,b.test {\n}\n", 1, 1)]
    [InlineData(":80 {\n}\n}\n", 3, 1)]
    [InlineData(":80 {\n\t{\n\t}\n}\n", 2, 2)]
    [InlineData(":80 {\n}\n{\n\tdebug\n}\n", 3, 1)]
    [InlineData("# {$X\n:80 {\n}\n", 1, 1)]
    [InlineData(":80 {\n\trespond {$X\n\trespond }\n}\n", 2, 10)]
    public void A_file_that_Caddy_would_refuse_or_misread_is_refused_at_the_place(string text, int line, int column)
    {
        CaddyProblem? problem = CaddyParser.Parse(text, Debian).Problem;
        Assert.NotNull(problem);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void A_backslash_in_a_comment_joins_the_next_line_as_in_Caddy()
    {
        CaddyDocument document = CaddyParser.Parse(":80 {\n\trespond a # C:\\x\n\trespond b\n}\n", Debian);
        Assert.Equal(4, Assert.Single(document.Nodes.First().Block ?? []).Tokens.Length);
    }

    [Fact]
    public void No_input_throws_and_formatting_twice_is_formatting_once() =>
        Prop.ForAll(
                CaddyText.Strings,
                static text =>
                {
                    foreach (CaddyVersion version in (ReadOnlySpan<CaddyVersion>)[Debian, CaddyVersion.Newest])
                    {
                        CaddyDocument document = CaddyParser.Parse(text, version);
                        CaddyChecker.Check(version, document);
                        if (document.Problem is null)
                        {
                            string once = CaddyFormatter.Format(document);
                            CaddyDocument again = CaddyParser.Parse(once, version);
                            Assert.Null(again.Problem);
                            Assert.Equal(once, CaddyFormatter.Format(again));
                            Assert.Equal(Words(document.Nodes), Words(again.Nodes));
                        }
                    }
                }
            )
            .Check(CaddyText.Many);

    [Fact]
    public void Deep_nesting_is_refused_without_a_crash()
    {
        string deep = ":80 {\n" + string.Concat(Enumerable.Repeat("handle {\n", 100_000));
        Assert.Equal("blocks are nested too deep", CaddyParser.Parse(deep, Debian).Problem?.Message);
    }

    private static IEnumerable<string> Words(IEnumerable<CaddyNode> nodes) =>
        nodes
            .Where(static node => node.Kind != CaddyNodeKind.Comment)
            .SelectMany(static node =>
                node.Tokens.Select(static token => token.Text).Concat(node.Block is null ? ["\n"] : ["{", .. Words(node.Block), "}"])
            );
}
