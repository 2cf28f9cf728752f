using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Acme;
using Confgen.Model.Sites;

namespace Confgen.Targets.Serve;

/// <summary>confgen's own proxy, which takes the spec as it is: it declares what it honours, and has nothing to render.</summary>
internal sealed class ServeTarget : ITarget
{
    public string Name => "serve";

    public string Title => "confgen's own proxy: 'confgen serve' takes the spec as it is";

    public ObjectSchema Settings { get; } = new("targets.serve", "Nothing: the options of 'confgen serve' take this place.");

    public CapabilityTable Capabilities => ServeCapabilities.Table;

    public IReadOnlyList<TargetVersion> Versions => [];

    public TargetVersion DefaultVersion => default;

    public void Check(RenderContext context)
    {
        foreach (Site site in context.Spec.Sites)
        {
            if (site.Tls is { Source: CertificateSource.Auto } && AcmeNames.LacksDns(site, context.Spec.Acme))
            {
                context.Apply(ServeCapabilities.WildcardWithoutDns, site.At.Of(SiteFields.Tls));
            }
        }
    }
}
