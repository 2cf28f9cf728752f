using System.Text.RegularExpressions;
using Confgen.Targets.Nginx.Building;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>Names made of any words are different, however alike the words are.</summary>
public sealed class GeneratedNamesTests
{
    // Few characters, so that words meet.
    private const string Characters = "aA-_/.2 ";

    private static readonly string[] _reserved = ["a", "a_2", "root"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_two_names_are_the_same(int seed)
    {
        var random = new Random(seed);
        var names = new NginxNames("", longest: 6, _reserved);
        var made = new HashSet<string>(_reserved, StringComparer.Ordinal);
        for (int i = 0; i < 2000; i++)
        {
            if (random.Next(4) == 0)
            {
                string pair = names.NewWith("_2", Word(random), Word(random));
                Assert.True(made.Add(pair), pair);
                Assert.True(made.Add(pair + "_2"), pair + "_2");
            }
            else
            {
                string name = names.New(Word(random), Word(random));
                Assert.True(made.Add(name), name);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_copied_header_has_a_variable_of_its_own(int seed)
    {
        var random = new Random(seed);
        string[] headers = [.. Enumerable.Range(0, 40).Select(_ => "X" + Word(random, "aA-")).Distinct(StringComparer.OrdinalIgnoreCase)];
        string spec = $$"""
            sites:
              - host: a.test
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000", forward_auth: { url: "http://127.0.0.1:3001/", copy_headers: [{{string.Join(
                ", ",
                headers
            )}}] } }
                  - { path: /x, proxy: "http://127.0.0.1:3000", forward_auth: { url: "http://127.0.0.1:3001/", copy_headers: [{{string.Join(
                ", ",
                headers
            )}}] } }
            """;
        string text = CompiledText.Render(spec, "nginx").Files[0].Text;
        string[] variables =
        [
            .. Regex
                .Matches(text, @"auth_request_set (?<name>\$\w+) \$upstream_http_", RegexOptions.ExplicitCapture)
                .Select(m => m.Groups["name"].Value),
        ];
        Assert.Equal(2 * headers.Length, variables.Length);
        Assert.Equal(variables.Distinct(StringComparer.Ordinal), variables);
    }

    [Fact]
    public void Two_copied_headers_that_nginx_reads_by_one_variable_are_refused()
    {
        string spec =
            "sites:\n  - { host: a.test, proxy: \"http://127.0.0.1:3000\", forward_auth: { url: \"http://127.0.0.1:3001/\", copy_headers: "
            + "[Remote-User, Remote_User] } }\n";
        Assert.Empty(CompiledText.Render(spec, "nginx").Files);
    }

    private static string Word(Random random, string characters = Characters) =>
        new([.. Enumerable.Range(0, 1 + random.Next(6)).Select(_ => characters[random.Next(characters.Length)])]);
}
