using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Acme;
using Confgen.Model.Sites;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Makes the view of a spec that the capabilities let pass.</summary>
internal static class ConfigBuilder
{
    /// <summary>The view; what can't be written is reported.</summary>
    public static TraefikView Build(RenderContext context)
    {
        TraefikSettings settings = TraefikSettings.Of(context);
        var entryPoints = new EntryPoints(context);
        var middlewares = new Middlewares(new TraefikNames());
        var services = new ServiceBuilder(new TraefikNames());
        var tls = new TlsBuilder(context.Spec);
        IReadOnlyList<RouterView> routers = new RouterBuilder(context, middlewares, services, tls).Build();
        return new TraefikView
        {
            Version = context.Version.ToString(),
            DynamicFile = TraefikQuoting.Scalar($"{settings.Folder}/{TraefikTarget.DynamicFile}"),
            EntryPoints = entryPoints.All(),
            Resolver = tls.Resolves ? ResolverOf(context.Spec.Acme, settings, entryPoints) : null,
            AccessLog = AccessLogs.Of(context.Spec) is { } log ? Of(log) : null,
            Routers = routers,
            Middlewares = middlewares.All,
            Services = services.Services,
            Transports = services.Transports,
            Certificates = tls.Certificates,
            DefaultCertificate = tls.DefaultCertificate,
            TlsOptions = tls.Options(),
        };
    }

    private static ResolverView ResolverOf(AcmeSettings acme, TraefikSettings settings, EntryPoints entryPoints)
    {
        static string? Quoted(string? text) => text is null ? null : TraefikQuoting.Scalar(text);
        return new ResolverView(
            RouterBuilder.Resolver,
            Quoted(settings.Email ?? acme.Email),
            TraefikQuoting.Scalar($"{settings.Folder}/acme.json"),
            entryPoints.ForChallenges
        )
        {
            Ca = acme.At.Wrote(AcmeFields.Ca) ? Quoted(acme.Ca) : null,
            KeyId = Quoted(acme.Eab?.KeyId),
            MacKey = Quoted(acme.Eab?.MacKey),
        };
    }

    private static AccessLogView Of(AccessLog log) =>
        new(log.Format == AccessLogFormat.Json ? "json" : null, log.Output is "stdout" ? null : TraefikQuoting.Scalar(log.Output));
}
