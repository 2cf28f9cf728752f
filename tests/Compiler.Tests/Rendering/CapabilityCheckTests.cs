using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Tests.Support;
using RenderingSupport = Confgen.Compiler.Rendering.Support;

namespace Confgen.Compiler.Tests.Rendering;

/// <summary>Nothing that a target declares of a field is lost on the way from the spec.</summary>
public sealed class CapabilityCheckTests
{
    // These are used up before there is a model.
    private static readonly string[] _beforeTheModel =
    [
        "spec.include",
        "include.files",
        "include.hosts",
        "include.roots",
        "spec.version",
        "spec.fragments",
        "fragments.use",
    ];

    [Fact]
    public void Every_field_that_a_spec_writes_is_held_against_what_the_target_declares()
    {
        Compilation compilation = Compile.Text(Golden.Text, Golden.Files);
        string[] ids = [.. Compile.Host(Golden.Files).Catalogue.Ids];
        RenderResult result = compilation.Render(new ApproximateTarget(ids), Layout.Complete);
        string[] told =
        [
            .. result.Diagnostics.Where(d => d.Rule == CapabilityRules.Approximate).Select(d => d.Message.Split("note of ")[1]),
        ];
        Assert.Equal("", string.Join(' ', ids.Except(told).Except(_beforeTheModel)));
    }

    /// <summary>A target that does everything with a difference.</summary>
    private sealed class ApproximateTarget(string[] ids) : ITarget
    {
        public string Name => "other";

        public string Title => "another program";

        public ObjectSchema Settings { get; } = new("targets.other", "Nothing.");

        public CapabilityTable Capabilities { get; } =
            new(ids.Select(static id => new Capability(id, RenderingSupport.Approximate, "note of " + id)));

        public IReadOnlyList<TargetVersion> Versions => [];

        public TargetVersion DefaultVersion => default;

        public void Check(RenderContext context) { }
    }
}
