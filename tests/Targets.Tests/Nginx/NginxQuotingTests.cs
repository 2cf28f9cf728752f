using System.Net.Sockets;
using System.Text;
using Confgen.Targets.Nginx.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Nginx;

public sealed class NginxQuotingTests(ITestOutputHelper output)
{
    private static readonly Gen<string> Nasty = Gen.OneOf(
            Gen.Elements(
                "\\",
                "\"",
                "'",
                ";",
                "{",
                "}",
                "#",
                "$",
                "${a}",
                "$a",
                "\n",
                "\r",
                "\t",
                " ",
                "é",
                "\u2028",
                "😀",
                "\\n",
                "\\t",
                "a",
                "~",
                "default",
                "; } evil {",
                "\x01",
                ")"
            ),
            ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString())
        )
        .ArrayOf()
        .Select(string.Concat);

    public static readonly TheoryData<string, string, string> Written = new()
    {
        { "Argument", "plain", "plain" },
        { "Argument", "", "\"\"" },
        { "Argument", "two words", "\"two words\"" },
        { "Argument", "a\\b\"c", "\"a\\b\\\"c\"" },
        { "Argument", "a\\", "\"a\\\\\"" },
        { "Argument", "a$b", "\"a$b\"" },
        { "Text", "a$b", "\"a${dollar}b\"" },
        { "Text", "ok\n", "\"ok\\n\"" },
        { "HeaderValue", "max-age=1, immutable", "\"max-age=1, immutable\"" },
        { "HeaderName", "X-Frame-Options", "X-Frame-Options" },
        { "Regex", "\\.(js|css)$", "\\.(js|css)$" },
        { "Regex", "^/[a-z]{2}/", "\"^/[a-z]{2}/\"" },
        { "Regex", "a\\nb", "\"a\\\\nb\"" },
        { "RegexKey", "^/x\\z", "~^/x\\z" },
        { "MapKey", "default", "\\default" },
        { "MapKey", "~a", "\\~a" },
        { "MapKey", "\\a", "\"\\\\\\a\"" },
        { "ExactMapKey", "a.b", "~^a\\.b\\z" },
        { "Comment", "why; {", "# why; {" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Values_are_written_as_people_write_them(string place, string value, string text) =>
        Assert.Equal(text, Quote(place, value).Text);

    [Theory]
    [InlineData("Argument", "a\0b", "it has a NUL character")]
    [InlineData("HeaderValue", "a\r\nX-Evil: 1", "it has a control character, which a header field can't carry")]
    [InlineData("HeaderName", "X Y", "it is not a header field's name")]
    [InlineData("HeaderName", "", "it is not a header field's name")]
    [InlineData("Comment", "a\nevil on;", "it has a control character")]
    [InlineData("Regex", "", "it is empty")]
    public void What_can_t_be_written_is_refused_with_the_reason(string place, string value, string reason) =>
        Assert.Equal(reason, Quote(place, value).Refusal);

    [Fact]
    public void A_lone_surrogate_is_refused() => Assert.Equal("it is not valid Unicode", NginxQuoting.Text("a\ud800b").Refusal);

    [Fact]
    public void A_word_longer_than_nginx_s_buffer_is_refused()
    {
        Assert.Null(NginxQuoting.Text(new string('x', NginxQuoting.MaxWordBytes)).Refusal);
        Assert.NotNull(NginxQuoting.Text(new string('x', NginxQuoting.MaxWordBytes + 1)).Refusal);
        Assert.NotNull(NginxQuoting.Text(new string('é', 2100)).Refusal);
    }

    [Theory]
    [InlineData("Argument")]
    [InlineData("Text")]
    [InlineData("HeaderValue")]
    [InlineData("HeaderName")]
    [InlineData("Regex")]
    [InlineData("RegexKey")]
    [InlineData("MapKey")]
    public void Any_value_comes_back_as_one_word_or_is_refused(string place) =>
        Prop.ForAll(
                Nasty.ToArbitrary(),
                value =>
                {
                    NginxQuoted quoted = Quote(place, value);
                    if (quoted.Refusal is not null)
                        return quoted.Text.Length == 0;

                    // Before and behind it stand other words: the value is one argument, and no more of the file is touched.
                    NginxBlock? file = NginxParser.Parse($"a x {quoted.Text} y;\nb {quoted.Text};\nc {quoted.Text} {{ }} d;").File;
                    string expected = place switch
                    {
                        "Text" or "HeaderValue" => value.Replace("$", "${dollar}", StringComparison.Ordinal),
                        "RegexKey" => "~" + value,
                        "MapKey" when value is "default" || value.StartsWith('~') || value.StartsWith('\\') => "\\" + value,
                        _ => value,
                    };
                    return file is { Directives.Count: 4 }
                        && file.Directives[0].Arguments.Select(word => word.Value).SequenceEqual(["x", expected, "y"])
                        && file.Directives[1].Arguments.Select(word => word.Value).SequenceEqual([expected])
                        && file.Directives[2].Block is { Directives.Count: 0 }
                        && file.Directives[3].Name.Is("d")
                        && quoted.NeedsDollar == (place is "Text" or "HeaderValue" && value.Contains('$', StringComparison.Ordinal));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_comment_stays_a_comment() =>
        Prop.ForAll(
                Nasty.ToArbitrary(),
                value =>
                {
                    NginxQuoted quoted = NginxQuoting.Comment(value);
                    return quoted.Refusal is not null
                        || NginxParser.Parse(quoted.Text + "\na;").File is { Directives: [{ LeadingComments.Count: 1 } a] }
                            && a.Name.Is("a");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_variable_beside_text_keeps_its_name()
    {
        Assert.Equal("${host}_x", new NginxText().Variable("host").Literal("_x").ToQuoted().Text[1..^1]);
        Assert.Equal("$host/x", new NginxText().Variable("host").Literal("/x").ToQuoted().Text);
        Assert.Equal("\"a $host${uri}b\"", new NginxText().Literal("a ").Variable("host").Variable("uri").Literal("b").ToQuoted().Text);
    }

    /// <summary>The real program sends back what was quoted: values as bodies, headers, map keys and locations.</summary>
    [Fact]
    public void Nginx_reads_every_value_back()
    {
        if (!RealNginx.IsHere(output))
            return;

        string[] values =
        [
            .. Nasty
                .Sample(100, 30)
                .Concat(Nasty.Sample(20, 60))
                .Where(value => NginxQuoting.HeaderValue(value).Refusal is null)
                .Distinct(),
        ];
        var file = new StringBuilder(
            "daemon off; master_process off; error_log stderr crit; pid nginx.pid; events {}\nhttp { access_log off; "
        ).Append(NginxQuoting.DollarHelper);
        foreach (string folder in (string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
            file.Append(null, $" {folder}_temp_path tmp;");
        for (int i = 0; i < values.Length; i++)
        {
            string text = NginxQuoting.Text(values[i]).Text;
            file.Append(null, $"map {text} $hit{i} {{ default 0; {NginxQuoting.ExactMapKey(values[i]).Text} 1; }}\n");
        }

        using var home = new TemporaryFolder();
        string socket = Path.Combine(home.Path, "nginx.sock");
        file.Append(null, $"server {{ listen unix:{socket};\n");
        for (int i = 0; i < values.Length; i++)
            file.Append(
                null,
                $"location = /{i} {{ add_header X-Value {NginxQuoting.HeaderValue(values[i]).Text} always; add_header X-Hit $hit{i}; "
                    + $"return 200 {NginxQuoting.Text(values[i]).Text}; }}\n"
            );

        string config = home.Write("nginx.conf", file.Append("} }\n").ToString());
        using System.Diagnostics.Process nginx = RealNginx.Start("-e", "stderr", "-p", home.Path, "-c", config);
        try
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(socket) || nginx.HasExited, TimeSpan.FromSeconds(30)));
            Assert.False(nginx.HasExited, nginx.HasExited ? nginx.StandardError.ReadToEnd() : "");
            for (int i = 0; i < values.Length; i++)
            {
                using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                Assert.True(SpinWait.SpinUntil(() => TryConnect(client, socket), TimeSpan.FromSeconds(30)));
                client.Send(Encoding.ASCII.GetBytes($"GET /{i} HTTP/1.0\r\n\r\n"));
                using var stream = new NetworkStream(client);
                using var reader = new StreamReader(stream, Encoding.UTF8);
                string response = reader.ReadToEnd();
                int split = response.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                Assert.Equal(values[i], response[(split + 4)..]);
                Assert.Contains("\r\nX-Hit: 1", response[..split], StringComparison.Ordinal);
                if (values[i].Length > 0)
                    Assert.Contains($"\r\nX-Value: {values[i]}", response[..split], StringComparison.Ordinal);
            }
        }
        finally
        {
            nginx.Kill();
            nginx.WaitForExit();
        }
    }

    private static bool TryConnect(Socket client, string path)
    {
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static NginxQuoted Quote(string place, string value) =>
        place switch
        {
            "Argument" => NginxQuoting.Argument(value),
            "Text" => NginxQuoting.Text(value),
            "HeaderValue" => NginxQuoting.HeaderValue(value),
            "HeaderName" => NginxQuoting.HeaderName(value),
            "Regex" => NginxQuoting.Regex(value),
            "RegexKey" => NginxQuoting.RegexKey(value),
            "MapKey" => NginxQuoting.MapKey(value),
            "ExactMapKey" => NginxQuoting.ExactMapKey(value),
            _ => NginxQuoting.Comment(value),
        };
}
