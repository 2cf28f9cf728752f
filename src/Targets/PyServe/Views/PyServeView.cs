using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Yaml;

namespace Confgen.Targets.PyServe.Views;

/// <summary>What the template of <c>config.yaml</c> sees: every text is quoted.</summary>
[TemplateView]
internal sealed partial record PyServeView
{
    /// <summary>The release that will read the file.</summary>
    public required string Version { get; init; }

    /// <summary>Where PyServe listens; empty in quotes for every address.</summary>
    public required string Host { get; init; }

    /// <summary>Whether that is every address.</summary>
    public bool EveryAddress { get; init; }

    /// <summary>The port.</summary>
    public required string Port { get; init; }

    /// <summary>The rules, the longest prefix first.</summary>
    public required IReadOnlyList<PyServeRuleView> Rules { get; init; }

    /// <summary>Whether there are several rules, so that their order matters.</summary>
    public bool ManyRules => Rules.Count > 1;

    /// <summary>The redirects.</summary>
    public required IReadOnlyList<PyServeRedirectView> Redirects { get; init; }

    /// <summary>Whether the release has routing extensions.</summary>
    public bool HasExtensions { get; init; }

    /// <summary>Whether a rule takes every path, so that nothing else of PyServe's answers.</summary>
    public bool TakesEverything { get; init; }

    /// <summary>The certificate's file, or null for plain HTTP.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key's file.</summary>
    public string? Key { get; init; }

    /// <summary>The level: WARNING leaves the lines about requests out.</summary>
    public required string LogLevel { get; init; }

    /// <summary>The log's file, or null for standard output.</summary>
    public string? LogFile { get; init; }

    /// <summary>Whether the file gets JSON lines.</summary>
    public bool JsonLog { get; init; }

    /// <summary>The view of a spec that the capabilities let pass: it has one site with one listener.</summary>
    public static PyServeView Of(Spec spec, TargetVersion version)
    {
        Site site = spec.Sites[0];
        ListenAddress listen = site.Listen[0];
        IReadOnlyList<Route> rules = PyServeRoutes.Rules(site);
        bool toFile = site.Log is { Format: not AccessLogFormat.Off, Output: not ("stdout" or "stderr") };
        return new PyServeView
        {
            Version = version.ToString(),
            Host = YamlQuoting.Quote(listen.Address ?? ""),
            EveryAddress = listen.Address is null,
            Port = string.Create(null, $"{listen.Port}"),
            Rules =
            [
                .. from route in rules
                let server = PyServeRoutes.ServerOf(route.Proxy)
                where server is not null
                select PyServeRuleView.Of(route, server),
            ],
            Redirects =
            [
                .. from route in site.Routes
                let redirect = route.Action as RedirectAction
                where redirect is not null
                select new PyServeRedirectView(
                    YamlQuoting.Quote(PyServeRoutes.RawPath(route.Path.Text)),
                    YamlQuoting.Quote(PyServeRoutes.Location(redirect))
                ),
            ],
            HasExtensions = version >= PyServeTarget.Extensions,
            TakesEverything = rules.Any(r => r.Path.IsEverything),
            Certificate = site.Tls?.Cert is { } certificate ? YamlQuoting.Quote(certificate) : null,
            Key = site.Tls?.Key is { } key ? YamlQuoting.Quote(key) : null,
            LogLevel = site.Log?.Format == AccessLogFormat.Off ? "WARNING" : "INFO",
            LogFile = toFile ? YamlQuoting.Quote(site.Log?.Output ?? "") : null,
            JsonLog = toFile && site.Log?.Format == AccessLogFormat.Json,
        };
    }
}
