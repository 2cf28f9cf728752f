using Confgen.Compiler.Rendering;
using Confgen.Model.Rules;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>The listeners.</summary>
/// <param name="context">The spec, and the release.</param>
internal sealed class EntryPoints(RenderContext context)
{
    private const int Http = 80;
    private const int Https = 443;

    /// <summary>The listener for which an authority can ask over plain HTTP; null for none.</summary>
    public string? ForChallenges =>
        Listeners.Of(context.Spec).FirstOrDefault(static listener => listener is { Address.Port: Http, HasTls: false }) is { } listener
            ? NameOf(listener)
            : null;

    /// <summary>What Traefik's documentation calls the usual two, and the others by their port.</summary>
    public static string NameOf(ListenerModel listener) =>
        (listener.Address.Address, listener.Address.Port) switch
        {
            (null, Http) => "web",
            (null, Https) => "websecure",
            (null, var port) => string.Create(null, $"port-{port}"),
            var (address, port) => $"{TraefikNames.Of(address, "address")}-{port}",
        };

    /// <summary>The views.</summary>
    public IReadOnlyList<EntryPointView> All() =>
        [
            .. Listeners
                .Of(context.Spec)
                .Select(listener => new EntryPointView
                {
                    Name = NameOf(listener),
                    Address = TraefikQuoting.Scalar((listener.Address.Address is null ? ":" : "") + listener.Address),
                    Head =
                        context.Version >= TraefikVersions.LimitsHeads
                            ? listener.Sites.Concat(listener.Redirects).Max(static site => site.Limits.Head)
                            : null,
                    Sanitizes = context.Version >= TraefikVersions.Sanitizes,
                    RefusesEscapes = context.Version >= TraefikVersions.RefusesEscapes && context.Version < TraefikVersions.AllowsEscapes,
                    Http3 = listener.Sites.Any(static site => site.Http3),
                    TrustedProxies = [.. context.Spec.TrustedProxies.Select(static block => TraefikQuoting.Scalar(block.ToString()))],
                }),
        ];
}
