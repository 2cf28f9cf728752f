using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>A V2Ray configuration as far as tunnels go. JSON is YAML, whose reader keeps every value's place.</summary>
internal sealed class V2RayConfig
{
    private V2RayConfig(SyntaxNode root)
    {
        Root = root;
        Portals = root.Items("reverse", "portals");
        Bridges = root.Items("reverse", "bridges");
        Inbounds = root.Items("inbounds");
        Outbounds = root.Items("outbounds");
        Rules = [.. root.Items("routing", "rules").Select(V2RayRule.Of)];
    }

    public SyntaxNode Root { get; }

    public IReadOnlyList<SyntaxNode> Portals { get; }

    public IReadOnlyList<SyntaxNode> Bridges { get; }

    public IReadOnlyList<SyntaxNode> Inbounds { get; }

    public IReadOnlyList<SyntaxNode> Outbounds { get; }

    public IReadOnlyList<V2RayRule> Rules { get; }

    /// <summary>The configuration in a text, or null where it can't be read.</summary>
    public static V2RayConfig? Read(string file, string text, List<V2RayFinding> findings)
    {
        var diagnostics = new DiagnosticBag();
        SyntaxNode? root = YamlText.Read(new SourceText(file, text), diagnostics);
        findings.AddRange(diagnostics.Items.Select(d => new V2RayFinding(d.Span, d.Message)));
        return root is MapSyntax && !diagnostics.HasErrors ? new V2RayConfig(root) : null;
    }

    /// <summary>The first rule that takes connections of an inbound or a bridge to a domain, or to any other place.</summary>
    public V2RayRule? RuleOf(string inbound, string? domain) => Rules.FirstOrDefault(r => r.Takes(inbound, domain));

    /// <summary>The outbound of a tag, or null.</summary>
    public SyntaxNode? OutboundOf(string tag) => Outbounds.FirstOrDefault(o => o.Text("tag") == tag);
}
