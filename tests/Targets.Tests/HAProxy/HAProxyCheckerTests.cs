using Confgen.Targets.HAProxy.Syntax;

namespace Confgen.Targets.Tests.HAProxy;

/// <summary>A configuration that HAProxy would refuse is found before it is written.</summary>
public sealed class HAProxyCheckerTests
{
    private const string Good = """
        global
            tune.bufsize 16384
        defaults common
            mode http
            timeout client 5s
        frontend f from common
            bind :8080
            acl local src 127.0.0.1
            http-request set-var(txn.path) "path,url_dec,regsub('(/\\.)+(/|\$)','/',g)"
            http-request set-header X-A "%[var(txn.path)] 100%%" if local { path -m beg / } or !{ method GET }
            use_backend b if { var(txn.path) -m str /x }
        backend b from common
            server s1 127.0.0.1:9000
        """;

    [Fact]
    public void A_good_one_passes() => Assert.Empty(HAProxyChecker.Check(Good));

    [Theory]
    [InlineData("timeout client 5s", "tiemout client 5s", "unknown keyword 'tiemout'")]
    [InlineData("tune.bufsize 16384", "tune.nothing 1", "unknown keyword 'tune.nothing'")]
    [InlineData("mode http", "bind :80", "unknown keyword 'bind'")]
    [InlineData("frontend f from common", "frontend f from nowhere", "no defaults 'nowhere'")]
    [InlineData("frontend f from common", "frontend", "without a name")]
    [InlineData("backend b from common", "backend b/c from common", "a name has letters")]
    [InlineData("use_backend b", "use_backend c", "no backend 'c'")]
    [InlineData("if local {", "if remote {", "no condition 'remote'")]
    [InlineData("{ method GET }", "{ method GET", "never closed")]
    [InlineData("{ method GET }", "{ }", "without an expression")]
    [InlineData("{ method GET }", "{ methud GET }", "unknown fetch 'methud'")]
    [InlineData("url_dec", "url_doc", "unknown converter 'url_doc'")]
    [InlineData("'/',g)\"", "'/',g\"", "never closed")]
    [InlineData("100%%", "100%", "write %%")]
    [InlineData("100%%", "%x", "write %%")]
    [InlineData("%[var(txn.path)]", "%[var(txn.path)", "expression")]
    [InlineData("\"%[var(txn.path)] 100%%\"", "\"%[var(txn.path)]", "a quote that is never closed")]
    [InlineData("\\$", "$", "a variable of the environment")]
    [InlineData("server s1 127.0.0.1:9000", "server s1", "a name and an address")]
    [InlineData("server s1 127.0.0.1:9000", "server s1 127.0.0.1:1\nserver s1 127.0.0.1:2", "a second server 's1'")]
    [InlineData("global", "backend b\nglobal", "a second backend 'b'")]
    [InlineData("global", "mode http\nglobal", "outside of a section")]
    public void A_fault_is_found(string good, string bad, string message)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        IReadOnlyList<HAProxyFinding> findings = HAProxyChecker.Check(Good.Replace(good, bad, StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_has_64_words_at_most()
    {
        string words = string.Join(' ', Enumerable.Repeat("a", 64));
        Assert.Contains(HAProxyChecker.Check(Good + "\n    http-request set-header X " + words), f => f.Message.Contains("64 words"));
    }
}
