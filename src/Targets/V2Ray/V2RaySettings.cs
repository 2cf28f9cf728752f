using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;

namespace Confgen.Targets.V2Ray;

/// <summary>What a spec says under <c>targets.v2ray</c>.</summary>
internal sealed record V2RaySettings
{
    public static readonly ObjectSchema Schema = new(
        "targets.v2ray",
        "What only V2Ray needs. Both sides get the same.",
        new("version", TypeSchema.Text, "The release that will read the output, `\"4.34\"` to `\"5.22\"`, in quotes.")
        {
            Default = "\"4.34\"",
            Example = "\"5.16\"",
        },
        new(
            "protocol",
            new TypeSchema.Choice("vmess", "vless"),
            "What bridge and portal speak. VLESS encrypts nothing by itself: give the portal `tls`."
        )
        {
            Default = "vmess",
            Example = "vless",
        },
        new("transport", new TypeSchema.Choice("tcp", "ws"), "What that is carried by: TCP, or a WebSocket.")
        {
            Default = "tcp",
            Example = "ws",
        },
        new("path", TypeSchema.Text, "The path of the WebSocket.") { Default = "/", Example = "/tunnel" }
    );

    private static readonly string[] _protocols = ["vmess", "vless"];
    private static readonly string[] _transports = ["tcp", "ws"];

    /// <summary><c>vmess</c> or <c>vless</c>.</summary>
    public string Protocol { get; init; } = _protocols[0];

    /// <summary>The path of the WebSocket; null for TCP.</summary>
    public string? WsPath { get; init; }

    public bool IsVless => Protocol == _protocols[1];

    public static V2RaySettings Of(TargetSettings written) =>
        new()
        {
            Protocol = written.Text("protocol") ?? _protocols[0],
            WsPath = written.Text("transport") == _transports[1] ? written.Text("path") ?? "/" : null,
        };

    /// <summary>Reports what can't be one of these settings.</summary>
    public static void Check(RenderContext context)
    {
        TargetSettings written = context.Settings;
        if (written.Text("protocol") is { } protocol && !_protocols.Contains(protocol))
        {
            context.ReportNotExpressible(written.At.Of("protocol"), $"unknown tunnel protocol '{protocol}'", "it may be vmess or vless");
        }

        if (written.Text("transport") is { } transport && !_transports.Contains(transport))
        {
            context.ReportNotExpressible(written.At.Of("transport"), $"unknown tunnel transport '{transport}'", "it may be tcp or ws");
        }

        if (written.Text("path") is { } path && (path is not ['/', ..] || path.Any(c => c is <= ' ' or > '~' or '?' or '#')))
        {
            context.ReportNotExpressible(written.At.Of("path"), $"invalid path '{path}'", "as /tunnel");
        }
        else if (written.Text("path") is not null && written.Text("transport") != _transports[1])
        {
            context.ReportNotExpressible(written.At.Of("path"), "a path without a WebSocket", "add 'transport: ws', or leave the path out");
        }
    }
}
