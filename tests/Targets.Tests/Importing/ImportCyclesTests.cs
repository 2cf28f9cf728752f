using Confgen.Targets.Importing;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Files, snippets and named routes that name themselves or one another end with a report, not with the process.</summary>
public sealed class ImportCyclesTests
{
    private const string Fan =
        "import {0}\nimport {0}\nimport {0}\nimport {0}\nimport {0}\nimport {0}\nimport {0}\nimport {0}\nimport {0}\nimport {0}\n";

    [Theory]
    [InlineData("&(a) {\n invoke a\n}\n:80 {\n invoke a\n}\n")]
    [InlineData("&(a) {\n handle {\n  invoke b\n }\n}\n&(b) {\n invoke a\n}\n:80 {\n invoke a\n}\n")]
    [InlineData("(a) {\n import a\n}\n:80 {\n import a\n respond ok\n}\n")]
    [InlineData("(a) {\n import b\n}\n(b) {\n handle {\n  import a\n }\n}\n:80 {\n import a\n respond ok\n}\n")]
    [InlineData("import Caddyfile\n:80 {\n respond ok\n}\n")]
    [InlineData(":80 {\n respond ok\n import part\n}\n")]
    public void A_circle_of_a_Caddyfile_is_lost_where_it_closes(string text)
    {
        ImportResult result = CaddyTexts.Import(
            new Dictionary<string, string> { ["/c/Caddyfile"] = text, ["/c/part"] = "header X-A b\nimport part\n" }
        );
        Assert.Contains(result.Directives, d => d.Fate == ImportFate.Lost && d.Reason!.Contains("one another", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("&({0}) {{\n{1}}}\n", "invoke")]
    [InlineData("({0}) {{\n{1}}}\n", "import")]
    public void What_grows_without_bound_in_a_Caddyfile_is_cut(string block, string verb)
    {
        IEnumerable<string> blocks = Enumerable
            .Range(0, 20)
            .Select(i =>
                string.Format(
                    null,
                    block,
                    $"n{i}",
                    Fan.Replace("import", verb, StringComparison.Ordinal).Replace("{0}", $"n{i + 1}", StringComparison.Ordinal)
                )
            );
        string text = string.Concat(blocks) + string.Format(null, block, "n20", "respond ok\n") + $":80 {{\n {verb} n0\n}}\n";
        Assert.Contains(CaddyTexts.Import(text).Directives, d => d.Fate == ImportFate.Lost);
    }

    [Theory]
    [InlineData("include nginx.conf;")]
    [InlineData("include *.conf;")]
    [InlineData("include a.conf; include b.conf;")]
    public void A_circle_of_nginx_is_lost_where_it_closes(string include)
    {
        ImportResult result = NginxTexts.Import(
            new Dictionary<string, string>
            {
                ["/c/nginx.conf"] = include + " http { server { listen 80; return 204; } }",
                ["/c/a.conf"] = include + " include b.conf;",
                ["/c/b.conf"] = "include a.conf; " + include,
            }
        );
        Assert.Contains(result.Directives, d => d.Fate == ImportFate.Lost && d.Reason!.Contains("one another", StringComparison.Ordinal));
    }
}
