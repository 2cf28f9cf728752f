using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Targets.Nginx.Building;

namespace Confgen.Targets.Nginx;

/// <summary>nginx, 1.18 to 1.29.</summary>
public sealed class NginxTarget : ITarget
{
    /// <inheritdoc/>
    public string Name => "nginx";

    /// <inheritdoc/>
    public string Title => "nginx, the web server and reverse proxy";

    /// <inheritdoc/>
    public ObjectSchema Settings => NginxSettings.Schema;

    /// <inheritdoc/>
    public CapabilityTable Capabilities => NginxCapabilities.Table;

    /// <inheritdoc/>
    public IReadOnlyList<TargetVersion> Versions { get; } = [.. Enumerable.Range(18, 12).Select(minor => new TargetVersion(1, minor))];

    /// <inheritdoc/>
    public TargetVersion DefaultVersion { get; } = new(1, 22);

    /// <inheritdoc/>
    public void Check(RenderContext context)
    {
        NginxSettings.Check(context);
        NginxChecks.Run(context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        try
        {
            return new NginxRenderer(context).Render();
        }
        catch (TemplateException fault)
        {
            context.ReportBadOutput("templates", 1, 1, fault.Message);
            return [];
        }
    }
}
