using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Tests.World;

/// <summary>A target that can express nothing.</summary>
internal sealed class FailingTarget : IRenderingTarget
{
    public string Name => "failing";

    public string Title => "Nothing";

    public ObjectSchema Settings { get; } = new("targets.failing", "Nothing.", new Field("version", TypeSchema.Text, "The version."));

    public CapabilityTable Capabilities { get; } = new([]);

    public IReadOnlyList<TargetVersion> Versions => [];

    public TargetVersion DefaultVersion => new(1, 0);

    public void Check(RenderContext context) => context.ReportNotExpressible(context.Spec.Sites[0].At.Span, "it is a test");

    public IReadOnlyList<RenderedFile> Render(RenderContext context) =>
        throw new InvalidOperationException("rendered in spite of an error");
}
