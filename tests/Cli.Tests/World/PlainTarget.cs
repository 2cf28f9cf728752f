using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;

namespace Confgen.Cli.Tests.World;

/// <summary>A target as small as one can be: a line a site. It can't compress, and retries with a difference.</summary>
internal sealed class PlainTarget(string name) : IRenderingTarget
{
    public string Name => name;

    public string Title => "Lines of text";

    public ObjectSchema Settings { get; } =
        new(
            "targets." + name,
            "What only this program needs.",
            new Field("version", TypeSchema.Text, "The version."),
            new Field("greeting", TypeSchema.Text, "A first line.")
        );

    public CapabilityTable Capabilities { get; } =
        new(
            [
                new Capability("site.compress", Support.Unsupported, "leave it out"),
                new Capability("upstream.retries", Support.Approximate, "it never gives up"),
                new Capability("route.proxy", Support.Exact),
            ],
            new ProgramNote(VersionRange.All with { Until = new TargetVersion(2, 0) }, "it forgets things; fixed in 2.0")
        );

    public IReadOnlyList<TargetVersion> Versions { get; } = [new(1, 0), new(2, 0)];

    public TargetVersion DefaultVersion => new(2, 0);

    public void Check(RenderContext context) { }

    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        string[] lines =
        [
            .. context.Spec.Sites.Select(s => $"{s.Hosts[0]} -> {(s.Routes[0].Action as ProxyAction)?.Upstream.Name ?? "a response"}\n"),
        ];
        string greeting = context.Settings.Text("greeting") is { } text ? text + "\n" : "";
        RenderedFile[] users =
        [
            .. context
                .Spec.Sites.SelectMany(s => s.Routes)
                .Where(r => r.BasicAuth is not null)
                .Select(r => new RenderedFile(
                    "users",
                    string.Concat(r.BasicAuth!.Users.Select(u => $"{u.Name}:{u.Hash}\n")),
                    HoldsSecrets: true
                )),
        ];
        return context.Layout == Layout.Complete
            ? [new RenderedFile(name + ".conf", greeting + string.Concat(lines)), .. users]
            : [.. lines.Select((line, i) => new RenderedFile($"conf.d/{i}.conf", line)), .. users];
    }
}
