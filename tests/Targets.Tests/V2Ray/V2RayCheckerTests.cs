using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.V2Ray.Syntax;

namespace Confgen.Targets.Tests.V2Ray;

/// <summary>What <c>v2ray -test</c> takes without a word, and what then carries nothing, is found.</summary>
public sealed class V2RayCheckerTests
{
    private static readonly IReadOnlyList<RenderedFile> Good = CompiledText
        .Render(
            """
            tunnels:
              home:
                portal: { listen: 1024, public: tunnel.example.com }
                bridge: { forward: "http://127.0.0.1:80" }
                secret: 0123456789abcdef
              nas:
                portal: { listen: 1024, public: tunnel.example.com }
                bridge: { forward: "http://127.0.0.1:5000" }
                secret: fedcba9876543210
            """,
            "v2ray"
        )
        .Files;

    [Fact]
    public void A_rendered_pair_is_good() => Assert.Empty(V2RayFiles.Check(Good));

    [Theory]
    [InlineData(
        "portal.json",
        "\"tag\": \"portal-home\", \"domain\": \"home",
        "\"tag\": \"portal-home\", \"domain\": \"hime",
        "no bridge has the domain 'hime.tunnel.internal'",
        "no rule brings a bridge's connections for 'hime.tunnel.internal' to the portal 'portal-home'",
        "no portal has the domain 'home.tunnel.internal'"
    )]
    [InlineData(
        "portal.json",
        "\"id\": \"0f",
        "\"id\": \"1f",
        "the bridge for 'home.tunnel.internal' has an id that the portal doesn't know"
    )]
    [InlineData(
        "bridge.json",
        "\"port\": 1024",
        "\"port\": 1025",
        "the bridge for 'home.tunnel.internal' connects to port 1025, where the portal doesn't listen for it",
        "the bridge for 'nas.tunnel.internal' connects to port 1025, where the portal doesn't listen for it"
    )]
    [InlineData(
        "portal.json",
        "\"vmess\"",
        "\"vless\"",
        "the bridge for 'home.tunnel.internal' speaks vmess, the portal vless",
        "the bridge for 'nas.tunnel.internal' speaks vmess, the portal vless"
    )]
    [InlineData(
        "bridge.json",
        "\"outboundTag\": \"service-nas\"",
        "\"outboundTag\": \"servise-nas\"",
        "no outbound or portal has the tag 'servise-nas': V2Ray would take the first outbound",
        "no rule leads from the bridge 'bridge-nas' to a service: a 'freedom' outbound with 'redirect'"
    )]
    [InlineData(
        "portal.json",
        "\"inboundTag\": [\"entry-nas\"]",
        "\"inboundTag\": [\"enter-nas\"]",
        "no inbound or bridge has the tag 'enter-nas'",
        "no entry leads to the portal 'portal-nas'"
    )]
    [InlineData(
        "portal.json",
        "\"tag\": \"entry-nas\"",
        "\"tag\": \"entry-home\"",
        "the tag 'entry-home' is given twice",
        "no inbound or bridge has the tag 'entry-nas'",
        "no entry leads to the portal 'portal-nas'"
    )]
    [InlineData("portal.json", "\"port\": 1026", "\"port\": 1025", "another inbound listens on port 1025 too")]
    [InlineData("portal.json", "\"access\"", "\"acess\"", "unknown key 'acess': V2Ray ignores it")]
    [InlineData(
        "bridge.json",
        "\"redirect\": \"127.0.0.1:80\"",
        "\"redirct\": \"127.0.0.1:80\"",
        "unknown key 'redirct': V2Ray ignores it",
        "no rule leads from the bridge 'bridge-home' to a service: a 'freedom' outbound with 'redirect'"
    )]
    [InlineData("bridge.json", "\"blackhole\"", "\"freedom\"", "the first outbound takes what no rule does: it must be a 'blackhole'")]
    [InlineData(
        "portal.json",
        "\"address\": \"127.0.0.1\"",
        "\"address\": \"home.tunnel.internal\"",
        "an entry's address is not the tunnel's domain 'home.tunnel.internal': the portal would take requests for bridges"
    )]
    [InlineData(
        "bridge.json",
        "full:home.tunnel",
        "home.tunnel",
        "'home.tunnel.internal' would fit every name that contains it: write 'full:home.tunnel.internal'",
        "the first rule for the bridge 'bridge-home' and its domain 'home.tunnel.internal' doesn't lead to a portal"
    )]
    [InlineData(
        "bridge.json",
        ",\"domain\": [\"full:home.tunnel.internal\"]",
        "",
        "an earlier rule takes everything that is meant for this one",
        "no rule leads from the bridge 'bridge-home' to a service: a 'freedom' outbound with 'redirect'"
    )]
    public void What_the_program_lets_pass_is_found(string file, string good, string bad, params string[] messages)
    {
        RenderedFile[] broken = [.. Good.Select(f => f.Path == file ? f with { Text = Replace(f.Text, good, bad) } : f)];
        Assert.Equal(
            messages.Order(StringComparer.Ordinal),
            V2RayFiles.Check(broken).Select(f => f.Message).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_order_of_the_rules_matters()
    {
        string text = Replace(Good[1].Text, "\"outboundTag\": \"link-home\"", "\"outboundTag\": \"#\"");
        text = Replace(text, "\"outboundTag\": \"service-home\"", "\"outboundTag\": \"link-home\"");
        string swapped = Replace(text, "\"outboundTag\": \"#\"", "\"outboundTag\": \"service-home\"");
        Assert.Contains(
            V2RayFiles.Check([Good[0], Good[1] with { Text = swapped }]),
            f => f.Message.StartsWith("the first rule for the bridge 'bridge-home'", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("[\"127.0.0.1:8080\"]")]
    public void A_default_entry_whose_port_a_site_has_is_told(string listen)
    {
        string spec =
            $"tunnels:\n  home:\n    portal: {{ listen: 8079, public: tunnel.example.com }}\n"
            + $"    bridge: {{ forward: \"http://127.0.0.1:80\" }}\n    secret: 0123456789abcdef\nsites:\n"
            + $"  - {{ host: a.example.com, listen: {listen}, proxy: \"tunnel:home\" }}\n";
        Assert.Contains(
            CompiledText.Shown(CompiledText.Render(spec, "v2ray").Diagnostics),
            d => d.Contains("CFG0405", StringComparison.Ordinal) && d.Contains("port 8080", StringComparison.Ordinal)
        );
        Assert.NotEmpty(CompiledText.Render(spec.Replace("8079,", "8079, entry: 1025,", StringComparison.Ordinal), "v2ray").Files);
    }

    [Fact]
    public void A_rendered_text_is_laid_out()
    {
        string formatted = JsonText.Format("a.json", "{ \"a\": [1, \"b\\\"\",], \"c\": {}, }", out V2RayFinding? fault);
        Assert.Null(fault);
        Assert.Equal("{\n  \"a\": [1, \"b\\\"\"],\n  \"c\": {}\n}\n", formatted);
    }

    [Fact]
    public void What_is_no_JSON_has_a_place()
    {
        JsonText.Format("a.json", "{\n  \"a\": nothing\n}", out V2RayFinding? fault);
        Assert.Equal(("a.json", 2), (fault?.Span.File, fault?.Span.Line));
    }

    private static string Replace(string text, string old, string now)
    {
        string compact = text.Replace("\n        ", "", StringComparison.Ordinal);
        string source = text.Contains(old, StringComparison.Ordinal) ? text : compact;
        Assert.Contains(old, source, StringComparison.Ordinal);
        return source.Replace(old, now, StringComparison.Ordinal);
    }
}
