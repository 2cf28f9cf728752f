using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Tests.Apache;

/// <summary>A configuration that httpd would refuse, or read otherwise, is found before it is written.</summary>
public sealed class ApacheCheckerTests
{
    private const string Good = """
        Define dollar $
        Listen 8080
        # a comment
        <Proxy balancer://app>
            BalancerMember http://127.0.0.1:3000 retry=0
        </Proxy>
        <VirtualHost *:8080>
            ServerName a.test
            RewriteEngine On
            RewriteCond "%{HTTP_HOST}" "^a\\b" [NC,OR]
            RewriteCond "%{REQUEST_METHOD}" "=GET"
            RewriteRule ^ "balancer://app%{ENV:path}?" [P,NE,E=a:b]
            <If "%{REQUEST_URI} =~ m#^/a#">
                Header always set X-A "a \"b\" \\ ${dollar}{c}"
            </If>
            <Else>
                Require all \
                    granted
            </Else>
        </VirtualHost>
        """;

    [Fact]
    public void A_good_one_passes() => Assert.Empty(ApacheChecker.Check(Good));

    [Theory]
    [InlineData("Listen 8080", "Lissen 8080", "unknown directive 'Lissen'")]
    [InlineData("ServerName a.test", "ServerName a.test b.test", "'ServerName' has 2 arguments")]
    [InlineData("ServerName a.test", "ServerName", "'ServerName' has 0 arguments")]
    [InlineData("Require all", "ServerName x\nRequire all", "can't stand in a section of a site")]
    [InlineData("Listen 8080", "Require all granted\nAuthUserFile x", "'AuthUserFile' can't stand here")]
    [InlineData("</VirtualHost>", "", "<VirtualHost> is never closed")]
    [InlineData("</If>", "</Iff>", "'</Iff>' closes nothing")]
    [InlineData("<Else>", "Require all granted\n<Else>", "<Else> without <If> before it")]
    [InlineData("RewriteRule ^ \"", "ServerAlias \"", "expected a RewriteRule behind RewriteCond")]
    [InlineData("balancer://app%{", "balancer://other%{", "no balancer 'other'")]
    [InlineData("# a comment", "<Proxy balancer://app>\n</Proxy>", "a second 'balancer://app'")]
    [InlineData("[P,NE,E=a:b]", "[P,NEE]", "unknown flag 'NEE'")]
    [InlineData("[P,NE,E=a:b]", "P,NE", "expected flags in brackets")]
    [InlineData("\"^a\\\\b\"", "\"^a(\"", "a regex that can't be read")]
    [InlineData("a \\\"b\\\"", "a \"b", "expected a blank behind a quote")]
    [InlineData("\\\\ ${dollar}{c}\"", "\\\\", "a quote that is never closed")]
    [InlineData("${dollar}{c}", "${HOME}", "starts a variable of the environment")]
    [InlineData("=~ m#^/a#\">", "=~ m#^/a#\"", "doesn't end with '>'")]
    public void A_fault_is_found(string good, string bad, string message)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        IReadOnlyList<ApacheFinding> findings = ApacheChecker.Check(Good.Replace(good, bad, StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Message.Contains(message, StringComparison.Ordinal));
    }
}
