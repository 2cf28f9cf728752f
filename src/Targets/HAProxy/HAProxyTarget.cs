using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Targets.HAProxy.Building;
using Confgen.Targets.HAProxy.Syntax;

namespace Confgen.Targets.HAProxy;

/// <summary>HAProxy, 2.6 to 3.2.</summary>
internal sealed class HAProxyTarget : IRenderingTarget
{
    /// <summary>The main file of the output.</summary>
    public const string File = "haproxy.cfg";

    /// <inheritdoc/>
    public string Name => "haproxy";

    /// <inheritdoc/>
    public string Title => "HAProxy, the load balancer";

    /// <inheritdoc/>
    public ObjectSchema Settings { get; } =
        new(
            "targets.haproxy",
            "What only HAProxy needs.",
            new Field("version", TypeSchema.Text, "The release that reads the output: syntax and behaviour differ.")
            {
                Default = "\"2.6\"",
                Example = "\"3.2\"",
            }
        );

    /// <inheritdoc/>
    public CapabilityTable Capabilities => HAProxyCapabilities.Table;

    /// <inheritdoc/>
    public IReadOnlyList<TargetVersion> Versions { get; } = [new(2, 6), new(2, 7), new(2, 8), new(2, 9), new(3, 0), new(3, 1), new(3, 2)];

    /// <inheritdoc/>
    public TargetVersion DefaultVersion { get; } = new(2, 6);

    /// <inheritdoc/>
    public void Check(RenderContext context) => HAProxyChecks.Run(context);

    /// <inheritdoc/>
    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        Views.HAProxyView view = ConfigBuilder.Build(context);
        if (context.HasErrors)
        {
            return [];
        }

        string text = context.Templates.Render("haproxy/haproxy.cfg.scriban", view);
        foreach (HAProxyFinding finding in HAProxyChecker.Check(text))
        {
            context.ReportBadOutput(File, finding.Line, finding.Column, finding.Message);
        }

        return context.HasErrors
            ? []
            :
            [
                new RenderedFile(File, text, HoldsSecrets: view.UserLists.Count > 0),
                .. view.Maps.Select(map => new RenderedFile(map.File, context.Templates.Render("haproxy/map.scriban", map))),
                .. view.Lists.Select(list => new RenderedFile(list.File, context.Templates.Render("haproxy/certificates.scriban", list))),
            ];
    }
}
