using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Tunnels;
using Confgen.Targets.V2Ray.Syntax;

namespace Confgen.Targets.V2Ray;

/// <summary>V2Ray's reverse proxy: a configuration for each side of the spec's tunnels.</summary>
internal sealed class V2RayTarget : IRenderingTarget
{
    public const string PortalFile = "portal.json";
    public const string BridgeFile = "bridge.json";
    public const string BothFile = "both.json";

    public string Name => "v2ray";

    public string Title => "V2Ray, whose bridge and portal carry the tunnels";

    public ObjectSchema Settings => V2RaySettings.Schema;

    public CapabilityTable Capabilities => V2RayCapabilities.Table;

    public IReadOnlyList<TargetVersion> Versions { get; } = [new(4, 34), new(5, 22)];

    public TargetVersion DefaultVersion => Versions[0];

    public void Check(RenderContext context) => V2RayCheck.Run(context);

    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        var builder = new V2RayBuilder(context.Spec.Tunnels, V2RaySettings.Of(context.Settings));
        (string File, TunnelSide Side)[] wanted = context.Side switch
        {
            TunnelSide.Portal => [(PortalFile, TunnelSide.Portal)],
            TunnelSide.Bridge => [(BridgeFile, TunnelSide.Bridge)],
            TunnelSide.Both => [(BothFile, TunnelSide.Both)],
            _ => [(PortalFile, TunnelSide.Portal), (BridgeFile, TunnelSide.Bridge)],
        };
        RenderedFile[] files = [.. wanted.Select(w => Render(context, w.File, builder.Build(w.Side)))];
        if (!context.HasErrors)
        {
            Report(context, V2RayFiles.Check(files));
        }

        return context.HasErrors ? [] : files;
    }

    // The ids are what keeps strangers out.
    private static RenderedFile Render(RenderContext context, string file, Views.V2RayView view)
    {
        string text = JsonText.Format(file, context.Templates.Render("v2ray/side.json.scriban", view), out V2RayFinding? fault);
        Report(context, fault is null ? [] : [fault]);
        return new RenderedFile(file, text, HoldsSecrets: true);
    }

    private static void Report(RenderContext context, IEnumerable<V2RayFinding> findings)
    {
        foreach (V2RayFinding finding in findings)
        {
            context.ReportBadOutput(finding.Span.File, finding.Span.Line, finding.Span.Column, finding.Message);
        }
    }
}
