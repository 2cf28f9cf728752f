using Confgen.Targets.Caddy.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Caddy;

public sealed class CaddyQuotingTests
{
    private static readonly CaddyVersion[] Versions = [new(6, 2), new(7, 6), new(8), new(11, 4)];

    [Fact]
    public void A_value_is_read_back_as_it_was_given_in_every_release_and_after_imports() =>
        Check(static text =>
        {
            foreach (CaddyVersion version in Versions)
            {
                for (int imports = 0; imports <= 2; imports++)
                {
                    if (new CaddyQuoting(version, imports).Value(text).TryGet(out string? quoted, out _))
                    {
                        Assert.Equal(text, CaddyReader.Expand(Read(quoted, version), version, imports));
                    }
                }
            }
        });

    [Fact]
    public void A_body_is_read_back_as_it_was_given() =>
        Check(static text =>
        {
            foreach (CaddyVersion version in Versions)
            {
                for (int imports = 0; imports <= 1; imports++)
                {
                    if (new CaddyQuoting(version, imports).Body(new CaddyPart(text, false)).TryGet(out string? quoted, out _))
                    {
                        Assert.Equal(text, CaddyReader.Expand(Read(quoted, version), version, imports, knownAlone: true));
                    }
                }
            }
        });

    [Fact]
    public void Only_the_placeholders_of_a_value_are_replaced() =>
        Check(static text =>
        {
            foreach (CaddyVersion version in Versions)
            {
                if (
                    new CaddyQuoting(version)
                        .Value(new("{http.request.uuid}", true), new(text, false), new("{http.request.host}", true))
                        .TryGet(out string? quoted, out _)
                )
                {
                    Assert.Equal(CaddyReader.Replaced + text + CaddyReader.Replaced, CaddyReader.Expand(Read(quoted, version), version));
                }
            }
        });

    [Fact]
    public void An_argument_is_read_back_as_it_was_given() =>
        Check(static text =>
        {
            foreach (CaddyVersion version in Versions)
            {
                if (new CaddyQuoting(version).Argument(text).TryGet(out string? quoted, out _))
                {
                    string read = Read(quoted, version);
                    Assert.Equal(text, read);
                    Assert.Equal(text, CaddyReader.Shorten(read));
                }
            }
        });

    [Fact]
    public void A_field_name_is_read_back_but_for_its_case() =>
        Check(static text =>
        {
            foreach (CaddyVersion version in Versions)
            {
                if (CaddyQuoting.FieldName(text).TryGet(out string? quoted, out _))
                {
                    Assert.Equal(text, Read(quoted, version), ignoreCase: true);
                    Assert.DoesNotContain(quoted[0], "-+?>@*/");
                }
            }
        });

    [Fact]
    public void A_regex_keeps_its_meaning() =>
        Check(static text =>
        {
            foreach (CaddyVersion version in Versions)
            {
                if (CaddyQuoting.Regex(text).TryGet(out string? quoted, out _))
                {
                    string read = Read(quoted, version);
                    Assert.Equal(read, CaddyReader.Shorten(read));
                    Assert.Equal(read, CaddyReader.Expand(read, version, imports: 1, knownAlone: true));
                    Assert.Equal(Plain(text), Plain(read));
                }
            }

            // \{ and {, as well as \x7B, are one character to a regular expression.
            static string Plain(string regex) =>
                System.Text.RegularExpressions.Regex.Replace(
                    regex,
                    @"\\(?:x7B|x7D|.)",
                    static match =>
                        match.Value switch
                        {
                            "\\{" or "\\x7B" => "{",
                            "\\}" or "\\x7D" => "}",
                            var other => other,
                        },
                    System.Text.RegularExpressions.RegexOptions.Singleline
                );
        });

    [Fact]
    public void A_comment_never_ends_early() =>
        Check(static text =>
        {
            foreach (CaddyVersion version in Versions)
            {
                CaddyDocument document = CaddyParser.Parse($":80 {{\n\t{CaddyQuoting.Comment(text)}\n\trespond ok\n}}\n", version);
                Assert.Null(document.Problem);
                Assert.True(
                    document.Nodes.ToList() is [{ Block: [{ Kind: CaddyNodeKind.Comment }, { Name: "respond", Tokens.Length: 2 }] }]
                );
            }
        });

    [Theory]
    [InlineData("/api/x", "/api/x")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("say \"hi\"", "`say \"hi\"`")]
    [InlineData("{host}", "\"\\{host\\}\"")]
    [InlineData("{$HOME}", "\"{$CONFGEN_NONE:\\{}$HOME\\}\"")]
    [InlineData("#1", "\"#1\"")]
    [InlineData("<<END", "\"<<END\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("C:\\x\\", "`C:\\x\\`")]
    [InlineData("a\\\"b", "`a\\\"b`")]
    [InlineData("a\\\"b`", null)]
    [InlineData("}", null)]
    public void A_value_is_written_as_simply_as_it_can_be(string value, string? written) =>
        Assert.Equal(written, new CaddyQuoting(new CaddyVersion(6, 2)).Value(value).Text);

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.NotNull(new CaddyQuoting(new CaddyVersion(6, 2)).Value("a\uD800").Refusal);

    [Theory]
    [InlineData("{\"m.server\": \"matrix.example.com:443\"}", "`{\"m.server\": \"matrix.example.com:443\"}`")]
    [InlineData("ok\n", "\"ok\n\"")]
    [InlineData("{host}", "\"\\{host\\}\"")]
    public void A_body_of_JSON_stays_readable(string body, string written) =>
        Assert.Equal(written, new CaddyQuoting(new CaddyVersion(6, 2)).Body(new CaddyPart(body, false)).Text);

    [Theory]
    [InlineData(@"\.(js|css)$", @"\.(js|css)$")]
    [InlineData(@"^/[0-9]{3}/x{host}", @"^/[0-9]{3}/x\x7Bhost\x7D")]
    [InlineData(@"^/\{id\}$", @"^/\x7Bid\x7D$")]
    [InlineData(@"\p{Greek}", "\"\\p{Greek}\"")]
    [InlineData(@"a b", "\"a b\"")]
    public void A_regex_is_written_as_simply_as_it_can_be(string pattern, string written) =>
        Assert.Equal(written, CaddyQuoting.Regex(pattern).Text);

    [Theory]
    [InlineData("X-Frame-Options", "X-Frame-Options")]
    [InlineData("defer", "Defer")]
    [InlineData("-X", null)]
    [InlineData("X Y", null)]
    [InlineData("", null)]
    public void A_field_name_is_never_an_operator_or_an_option(string name, string? written) =>
        Assert.Equal(written, CaddyQuoting.FieldName(name).Text);

    private static void Check(Action<string> property) => Prop.ForAll(CaddyText.Strings, property).Check(CaddyText.Many);

    private static string Read(string quoted, CaddyVersion version)
    {
        string? read = CaddyReader.Argument(quoted, version);
        Assert.True(read is not null, $"{quoted} is not one argument");
        return read;
    }
}
