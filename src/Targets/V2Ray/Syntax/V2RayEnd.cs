using Confgen.Compiler.Syntax;
using Confgen.Model.Sources;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>An end of a tunnel's connection: the portal's listener for bridges, or the bridge's way to it.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Protocol"><c>vmess</c> or <c>vless</c>.</param>
/// <param name="Port">The portal's port.</param>
/// <param name="Ids">The ids that it takes, or the one that it shows.</param>
/// <param name="Network">The transport, as <c>tcp</c>.</param>
/// <param name="Path">The path of a WebSocket.</param>
/// <param name="Security"><c>tls</c> or <c>none</c>.</param>
/// <param name="Span">The place.</param>
internal sealed record V2RayEnd(
    string Tag,
    string Protocol,
    int Port,
    IReadOnlyList<string> Ids,
    string Network,
    string Path,
    string Security,
    SourceSpan Span
)
{
    public static V2RayEnd? OfInbound(SyntaxNode inbound) =>
        inbound.Text("protocol") is "vmess" or "vless"
            ? Of(inbound, inbound.Number("port"), inbound.Items("settings", "clients").Select(c => c.Text("id")))
            : null;

    public static V2RayEnd? OfOutbound(SyntaxNode outbound) =>
        outbound.Text("protocol") is "vmess" or "vless" && outbound.Items("settings", "vnext") is [var server, ..]
            ? Of(outbound, server.Number("port"), server.Items("users").Select(u => u.Text("id")))
            : null;

    private static V2RayEnd Of(SyntaxNode node, int port, IEnumerable<string?> ids) =>
        new(
            node.Text("tag") ?? "",
            node.Text("protocol") ?? "",
            port,
            [.. ids.OfType<string>()],
            node.Text("streamSettings", "network") ?? "tcp",
            node.Text("streamSettings", "wsSettings", "path") ?? "/",
            node.Text("streamSettings", "security") ?? "none",
            node.Span
        );
}
