using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Syntax.Catalogue;

namespace Confgen.Targets.Tests.Caddy;

public sealed class CaddyCheckerTests
{
    [Theory]
    [InlineData(":80 {\n\trespnd ok\n}\n", "2:2: there is no directive 'respnd'")]
    [InlineData(":80 {\n\tabort now\n}\n", "2:2: 'abort' takes no argument")]
    [InlineData(":80 {\n\tredir\n}\n", "2:2: 'redir' needs 1 argument, not 0")]
    [InlineData(":80 {\n\tredir * https://a.test 308 x\n}\n", "2:2: 'redir' takes at most 2 arguments, not 3")]
    [InlineData(":80 {\n\troot /var/www\n}\n", "2:2: 'root' needs 1 argument, not 0")]
    [InlineData(":80 {\n\thandle @api {\n\t}\n}\n", "2:9: there is no matcher '@api' here")]
    [InlineData(":80 {\n\thandle {\n\t\t@api path /x\n\t}\n\trespond @api ok\n}\n", "5:10: there is no matcher '@api' here")]
    [InlineData(":80 {\n\t@m pth /x\n\t@n {\n\t\tnot pth /x\n\t}\n}\n", "2:2: there is no matcher 'pth'", "4:3: there is no matcher 'pth'")]
    [InlineData(
        ":80 {\n\t@m path /x\n\thandle {\n\t\t@m path /y\n\t}\n}\n",
        "4:3: the matcher @m is defined twice: a block can't hide a matcher of the block around it"
    )]
    [InlineData(":80 {\n\timport nothing\n}\n", "2:2: there is no snippet '(nothing)'")]
    [InlineData(":80 {\n\timport s\n}\n(s) {\n}\n", "2:2: the snippet '(s)' is defined only further down")]
    [InlineData("(s) {\n\trespond @m ok\n}\n:80 {\n\timport s\n}\n", "5:9: there is no matcher '@m' here")]
    [InlineData("(s) {\n\trespond @m ok\n}\n:80 {\n\t@m path /x\n\timport s\n}\n")]
    [InlineData("(s) {\n\t@m path /x\n}\n:80 {\n\timport s\n\trespond @m ok\n}\n")]
    [InlineData(
        ":80 {\n\thandle {\n\t\ttls internal\n\t\tbind 127.0.0.1\n\t}\n}\n",
        "3:3: 'tls' belongs to the top of a site, not into another directive",
        "4:3: 'bind' belongs to the top of a site, not into another directive"
    )]
    [InlineData(":80 {\n\tcopy_response\n}\n", "2:2: 'copy_response' belongs into 'handle_response' alone")]
    [InlineData(":80 {\n\tbasic_auth {\n\t}\n}\n", "2:2: the directive 'basic_auth' came with Caddy 2.8; this is for 2.6.2")]
    [InlineData(
        "{\n\tservers {\n\t\ttrusted_proxies static 10.0.0.0/8\n\t}\n}\n",
        "3:3: the subdirective of 'servers' 'trusted_proxies' came with Caddy 2.6.3; this is for 2.6.2"
    )]
    [InlineData("{\n\tmail x\n}\n", "2:2: there is no global option called 'mail'")]
    [InlineData(
        ":80 {\n\treverse_proxy a:1 {\n\t\tbuffering off\n\t\tlb_policy best\n\t\ttransport http {\n\t\t\tread_buffer_size 1\n\t\t}\n"
            + "\t\t@e status 5xx\n\t\thandle_response @e {\n\t\t\tcopy_response\n\t\t}\n\t\thandle_response @f {\n\t\t}\n\t}\n}\n",
        "3:3: there is no subdirective of 'reverse_proxy' called 'buffering'",
        "4:3: there is no 'best' for 'lb_policy'",
        "6:4: there is no subdirective of 'transport' called 'read_buffer_size'",
        "12:19: there is no matcher '@f' here"
    )]
    [InlineData(
        ":80 {\n\treverse_proxy a:1 {\n\t\thandle_response {\n\t\t\trespond {\n\t\t\t\tsay x\n\t\t\t}\n\t\t}\n\t}\n}\n",
        "5:5: there is no subdirective of 'respond' called 'say'"
    )]
    public void What_Caddy_would_refuse_is_reported_where_it_stands(string text, params string[] problems) =>
        Assert.Equal(problems, Check(text, new CaddyVersion(6, 2)));

    [Fact]
    public void What_a_later_release_took_away_is_reported() =>
        Assert.Equal(
            ["3:3: the subdirective of 'reverse_proxy' 'buffer_requests' is gone since Caddy 2.8; this is for 2.9"],
            Check(":80 {\n\treverse_proxy a:1 {\n\t\tbuffer_requests\n\t}\n}\n", new CaddyVersion(9))
        );

    [Fact]
    public void A_snippet_of_one_file_is_known_to_the_others()
    {
        var version = new CaddyVersion(6, 2);
        CaddyDocument main = CaddyParser.Parse("(s) {\n\tencode gzip\n}\n", version, "main");
        CaddyDocument site = CaddyParser.Parse(":80 {\n\timport s\n\timport t\n}\n", version, "site");
        Assert.Equal(
            ["site:3:2: there is no snippet '(t)'"],
            CaddyChecker.Check(version, main, site).Select(static problem => problem.ToString())
        );
    }

    [Fact]
    public void Every_word_of_the_catalogue_is_in_some_release()
    {
        foreach (
            CaddyWord word in CaddyCatalogue
                .Standard.Directives.Words.Concat(CaddyCatalogue.Standard.Globals.Words)
                .Concat(CaddyCatalogue.Standard.Matchers.Words)
        )
        {
            Assert.True(word.Fits(CaddyVersion.Oldest) || word.Fits(CaddyVersion.Newest), word.Name);
            Assert.True(word.Least <= word.Most, word.Name);
        }
    }

    private static IEnumerable<string> Check(string text, CaddyVersion version) =>
        CaddyChecker.Check(version, CaddyParser.Parse(text, version)).Select(static problem => problem.ToString());
}
