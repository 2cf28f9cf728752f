using Confgen.Targets.Nginx.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Nginx;

public sealed class NginxParserTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("a b c;", "a|b|c")]
    [InlineData("a 'b c' \"d e\";", "a|b c|d e")]
    [InlineData("a \"b\\\"c\\'d\\\\e\";", "a|b\"c'd\\e")]
    [InlineData("a \"x\\ty\\rz\\n\";", "a|x\ty\rz\n")]
    [InlineData("a \"\\.\\d\\$\";", "a|\\.\\d\\$")]
    [InlineData("a b\\ c;", "a|b\\ c")]
    [InlineData("a b\\;c;", "a|b\\;c")]
    [InlineData("a b#c;", "a|b#c")]
    [InlineData("a b\"c;", "a|b\"c")]
    [InlineData("a ${b}c;", "a|${b}c")]
    [InlineData("a x${b}{;} ", "a|x${b}|{")]
    [InlineData("a ${{b;", "a|${{b")]
    [InlineData("a \\${ }", "a|\\$|{")]
    [InlineData("a b} c;", "a|b}|c")]
    [InlineData("a;b;", "a")]
    [InlineData("a \"line\nline\";", "a|line\nline")]
    [InlineData("a(b) (\"c\");", "a(b)|(\"c\")")]
    [InlineData("if ($a = \"b\"){}", "if|($a|=|b|)|{")]
    [InlineData("a # not a word; {\n b;", "a|b")]
    public void Words_are_cut_as_nginx_cuts_them(string text, string words)
    {
        NginxBlock? file = NginxParser.Parse(text.Contains("{;}", StringComparison.Ordinal) ? text.Replace("{;}", "{}") : text).File;
        file ??= NginxParser.Parse(text + "}").File;
        Assert.NotNull(file);
        NginxDirective directive = file.Directives[0];
        IEnumerable<string> found = [directive.Name.Value, .. directive.Arguments.Select(word => word.Value)];
        Assert.Equal(words.Split('|').Where(word => word != "{"), found);
        Assert.Equal(words.EndsWith("|{", StringComparison.Ordinal), directive.Block is not null);
    }

    [Theory]
    [InlineData("a", "1:1: unexpected end of file, expecting \";\" or \"}\"")]
    [InlineData("a;\n  b { c;", "2:9: unexpected end of file, expecting \"}\"")]
    [InlineData("a;\n}", "2:1: unexpected \"}\"")]
    [InlineData("a b }", "1:5: unexpected \"}\"")]
    [InlineData(";", "1:1: unexpected \";\"")]
    [InlineData("{", "1:1: unexpected \"{\"")]
    [InlineData("a \"b\"c;", "1:6: unexpected \"c\"")]
    [InlineData("a \"b\"#c;", "1:6: unexpected \"#\"")]
    [InlineData("a \"b;", "1:3: unexpected end of file, missing a terminating \"\"\"")]
    [InlineData("a \"\n\n\" \"b\0\";", "3:5: a NUL byte")]
    public void An_error_names_its_place(string text, string error) => Assert.Equal(":" + error, NginxParser.Parse(text).Error?.ToString());

    [Fact]
    public void Deep_nesting_is_an_error_and_not_a_crash() =>
        Assert.Contains(
            "nested too deeply",
            NginxParser.Parse(string.Concat(Enumerable.Repeat("a{", 1_000_000))).Error?.Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Comments_and_empty_lines_are_kept_where_they_were()
    {
        NginxBlock file = Parse("# head\n\n# of a\na; # behind a\n\nb { # opening\n  c;\n\n  # closing\n} # behind b\n# end");
        Assert.Equal([new NginxComment("# head", false), new NginxComment("# of a", true)], file.Directives[0].LeadingComments);
        Assert.Equal("# behind a", file.Directives[0].TrailingComment);
        NginxDirective b = file.Directives[1];
        Assert.True(b.BlankLineBefore);
        Assert.Equal("# behind b", b.TrailingComment);
        Assert.Equal("# opening", b.Block!.OpeningComment);
        Assert.Equal([new NginxComment("# closing", true)], b.Block.ClosingComments);
        Assert.Equal([new NginxComment("# end", false)], file.ClosingComments);
    }

    /// <summary>Text in nginx's own alphabet: every kind of token, in every order.</summary>
    [Fact]
    public void Any_text_parses_or_has_an_error_and_formatting_it_twice_changes_nothing()
    {
        Gen<string> text = Gen.Elements(
                "a",
                "b",
                " ",
                "\n",
                "\n\n",
                ";",
                "{",
                "}",
                "\"",
                "'",
                "\\",
                "$",
                "${x}",
                "# c\n",
                "#",
                "é",
                "\t",
                "\r\n",
                "a;",
                "b {\n"
            )
            .ArrayOf()
            .Select(string.Concat);
        Prop.ForAll(
                text.ToArbitrary(),
                input =>
                {
                    NginxParse parse = NginxParser.Parse(input);
                    if (parse.File is null)
                        return parse.Error is not null;
                    string once = NginxFormatter.Format(parse.File);
                    NginxBlock again = Parse(once);
                    return Words(again).SequenceEqual(Words(parse.File))
                        && Comments(again).Order().SequenceEqual(Comments(parse.File).Order())
                        && NginxFormatter.Format(again) == once;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    /// <summary>Words and comments of every length around the size of nginx's buffer, where the exact byte counts.</summary>
    [Fact]
    public void The_longest_words_and_comments_are_nginx_s_own()
    {
        if (!RealNginx.IsHere(output))
            return;

        foreach (int length in (int[])[4091, 4092, 4093, 4094, 4095, 4096, 4097, 5000])
        {
            string word = new('x', length);
            foreach (
                string line in (string[])
                    [
                        $"env {word};",
                        $"env {word} ;",
                        $"env \"{word}\";",
                        $"env \"{word}\" ;",
                        $"env '{word}'\n;",
                        $"#{word}\nenv a;",
                        $"#{word}\n",
                        $"#{word}",
                    ]
            )
            {
                string text = "events {}\n" + line;
                Assert.True(
                    (NginxParser.Parse(text).Error is null) == (RealNginx.Test(text).Length == 0),
                    $"{length}: {line[..6]}...{line[^8..]}"
                );
            }
        }
    }

    /// <summary>
    /// The same words are read by the real program: <c>env</c> takes one argument, so a text is good for both or for neither.
    /// </summary>
    [Fact]
    public void What_parses_is_what_nginx_reads()
    {
        if (!RealNginx.IsHere(output))
            return;

        Gen<string> piece = Gen.Elements("a", "b", " ", "\n", "\"", "'", "\\", "$", "{", "}", "#", "(", ")", "\t", ";", "é", "\\\\", "${");
        Gen<string> text = piece.ArrayOf().Select(pieces => "events {}\nenv x" + string.Concat(pieces.Take(12)) + ";\n");
        Prop.ForAll(
                text.ToArbitrary(),
                input =>
                {
                    NginxBlock? file = NginxParser.Parse(input).File;
                    bool mine =
                        file is not null
                        && file.Directives.Skip(1)
                            .All(directive => directive.Name.Is("env") && directive.Arguments.Count == 1 && directive.Block is null);
                    return mine == (RealNginx.Test(input).Length == 0);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static NginxBlock Parse(string text)
    {
        NginxParse parse = NginxParser.Parse(text);
        Assert.Null(parse.Error);
        return parse.File!;
    }

    private static IEnumerable<string> Words(NginxBlock block) =>
        block.Directives.SelectMany(directive =>
            (IEnumerable<string>)
                [
                    directive.Name.Value,
                    .. directive.Arguments.Select(word => word.Value),
                    .. directive.Block is { } inner ? ["{", .. Words(inner), "}"] : (string[])[";"],
                ]
        );

    private static IEnumerable<string> Comments(NginxBlock block) =>
        block
            .Directives.SelectMany(directive =>
                (IEnumerable<string>)
                    [
                        .. directive.LeadingComments.Select(comment => comment.Text),
                        .. directive.TrailingComment is { } trailing ? [trailing] : (string[])[],
                        .. directive.Block?.OpeningComment is { } opening ? [opening] : (string[])[],
                        .. directive.Block is { } inner ? Comments(inner) : [],
                    ]
            )
            .Concat(block.ClosingComments.Select(comment => comment.Text));
}
