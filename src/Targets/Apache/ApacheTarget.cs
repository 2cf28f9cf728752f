using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Targets.Apache.Building;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache;

/// <summary>Apache httpd 2.4.</summary>
internal sealed class ApacheTarget : IRenderingTarget
{
    /// <summary>The main file of the output.</summary>
    public const string File = "apache2.conf";

    /// <inheritdoc/>
    public string Name => "apache";

    /// <inheritdoc/>
    public string Title => "Apache httpd 2.4, the web server";

    /// <inheritdoc/>
    public ObjectSchema Settings => ApacheSettings.Schema;

    /// <inheritdoc/>
    public CapabilityTable Capabilities => ApacheCapabilities.Table;

    /// <inheritdoc/>
    public IReadOnlyList<TargetVersion> Versions { get; } = [new(2, 4, 62), new(2, 4, 71)];

    /// <inheritdoc/>
    public TargetVersion DefaultVersion { get; } = new(2, 4, 62);

    /// <inheritdoc/>
    public void Check(RenderContext context)
    {
        ApacheSettings.Check(context);
        ApacheChecks.Run(context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        (Views.ApacheView view, IReadOnlyList<RenderedFile> beside) = ConfigBuilder.Build(context);
        if (context.HasErrors)
        {
            return [];
        }

        string text = context.Templates.Render("apache/apache2.conf.scriban", view);
        RenderedFile[] files =
        [
            new RenderedFile(File, context.SingleFile ? ConstantFiles.Inlined(text, context.Templates) : text),
            .. context.SingleFile ? [] : ConstantFiles.IncludedBy(text, context.Templates),
            .. ConstantFiles.Responses(context.Templates),
            .. beside,
        ];
        foreach (RenderedFile file in files.Where(static file => file.Path.EndsWith(".conf", StringComparison.Ordinal)))
        {
            foreach (ApacheFinding finding in ApacheChecker.Check(file.Text))
            {
                context.ReportBadOutput(file.Path, finding.Line, finding.Column, finding.Message);
            }
        }

        return context.HasErrors ? [] : files;
    }
}
