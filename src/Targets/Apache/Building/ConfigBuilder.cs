using Confgen.Compiler.Rendering;
using Confgen.Model.Rules;
using Confgen.Targets.Apache.Syntax;
using Confgen.Targets.Apache.Views;

namespace Confgen.Targets.Apache.Building;

/// <summary>Makes the view of a spec that the capabilities let pass.</summary>
internal static class ConfigBuilder
{
    /// <summary>The view; what can't be written is reported.</summary>
    public static (ApacheView View, IReadOnlyList<RenderedFile> Files) Build(RenderContext context)
    {
        var settings = ApacheSettings.Of(context.Settings);
        var texts = new ApacheTexts(context);
        var features = new ApacheFeatures(settings.Trusted) { TrustsProxies = context.Spec.TrustedProxies.Count > 0 };
        var passwords = new PasswordFiles();
        var balancers = new BalancerBuilder(texts, features);
        IReadOnlyList<ListenerModel> listeners = Listeners.Of(context.Spec);
        var sites = new SiteBuilder(
            texts,
            new RouteBuilder(texts, balancers, new GuardLines(texts, features, passwords)),
            features,
            new MisdirectedRequests(listeners)
        );
        VirtualHostView[] hosts = [.. HostOrder.Of(context.Spec.Sites, listeners, sites)];
        features.MakesIds = texts.MakesIds;
        var view = new ApacheView
        {
            Version = context.Version.ToString(),
            Modules =
            [
                .. features
                    .Modules()
                    .Select(name => $"{name}_module {ApacheQuoting.Word($"{settings.Modules.TrimEnd('/')}/mod_{name}.so")}"),
            ],
            User = settings.User,
            Head = context.Spec.Sites.Select(static site => site.Limits.Head).DefaultIfEmpty(0).Max(),
            NeedsDollar =
                settings.Modules.Contains("${", StringComparison.Ordinal)
                || settings.Trusted.Contains("${", StringComparison.Ordinal)
                || hosts.Any(UsesDollar),
            HasTls = features.HasTls,
            HasHttp2 = features.HasHttp2,
            Proxies = balancers.Balancers.Count > 0,
            TrustedProxies = [.. context.Spec.TrustedProxies.SelectMany(Networks.Of)],
            Listeners = [.. listeners.Select(static listener => listener.Address.ToString())],
            Health = [.. features.Health.Select(static each => new HealthView(each.Name, each.Expression))],
            Balancers = balancers.Balancers,
            Hosts = hosts,
        };
        return (view, passwords.All);
    }

    private static bool UsesDollar(VirtualHostView host) =>
        host
            .Rules.Concat(host.Common)
            .Concat(host.Settings)
            .Concat(host.Routes.SelectMany(static route => route.Lines.Prepend(route.Condition)))
            .Any(static line => line.Contains("${" + ApacheQuoting.Dollar + "}", StringComparison.Ordinal));
}
