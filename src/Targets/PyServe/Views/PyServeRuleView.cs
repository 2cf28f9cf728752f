using Confgen.Compiler.Rendering.Templating;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Targets.Yaml;

namespace Confgen.Targets.PyServe.Views;

/// <summary>A rule of <c>server.reverse_proxy</c>, as its template sees it: every text is quoted.</summary>
/// <param name="Path">The prefix.</param>
/// <param name="Host">The server's host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Ssl">Whether TLS is spoken to it.</param>
[TemplateView]
internal sealed partial record PyServeRuleView(string Path, string Host, string Port, string Ssl)
{
    public static PyServeRuleView Of(Route route, ServerAddress server) =>
        new(
            YamlQuoting.Quote(PyServeRoutes.RawPath(route.Path.Text)),
            // PyServe puts the host into a URL as it is.
            YamlQuoting.Quote(server.Host.Contains(':', StringComparison.Ordinal) ? $"[{server.Host}]" : server.Host),
            string.Create(null, $"{server.Port}"),
            YamlQuoting.Boolean(server.Scheme == ServerScheme.Https)
        );
}
