using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Targets.Nginx.Building;

namespace Confgen.Targets.Nginx;

/// <summary>nginx, 1.18 to 1.30.</summary>
public sealed class NginxTarget : IRenderingTarget
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
    public IReadOnlyList<TargetVersion> Versions { get; } =
    [
        new(1, 18),
        new(1, 19),
        new(1, 20),
        new(1, 21),
        new(1, 22),
        new(1, 23),
        new(1, 24),
        new(1, 25),
        new(1, 26),
        new(1, 27),
        new(1, 28),
        new(1, 29),
        new(1, 30),
    ];

    /// <inheritdoc/>
    public TargetVersion DefaultVersion { get; } = new(1, 22);

    /// <inheritdoc/>
    public ConstantOutput? Constants { get; } =
        new(
            "nginx",
            """
            Below `confgen/` stands what is the same for every spec: `nginx.conf`, or the sites' files in `conf.d`, include it and hold what is the spec's own.
            A build writes the files that are used; `--single-file` writes their lines in place of the includes. A name with `-behind-proxies` is for specs with
            `trusted_proxies`.
            """,
            ConstantFiles.All
        );

    /// <inheritdoc/>
    public void Check(RenderContext context)
    {
        NginxSettings.Check(context);
        NginxChecks.Run(context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RenderedFile> Render(RenderContext context) => new NginxRenderer(context).Render();
}
