using Confgen.Compiler.Lint.Rules.Guards;
using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Lint.Rules.Routes;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Matrix;

/// <summary>A homeserver's administration is not for the internet.</summary>
internal sealed class AdminExposedRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0370",
        "matrix-admin-exposed",
        Severity.Warning,
        "The administration of a Matrix homeserver, open to everybody"
    )
    {
        Why =
            "Homeservers serve their administration beside the API, under `/_synapse/admin`, `/_synapse/mas`, `/_palpo/admin` and "
            + "`/_palpo/mas`, and say themselves that it must not be reachable from outside. Forward `/_matrix` and `/_synapse/client` "
            + "alone, or guard the rest.",
        Bad = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008" }
                  - { path: /_synapse, proxy: "http://127.0.0.1:8008" }

            """,
        Good = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008" }
                  - { path: /_synapse/client, proxy: "http://127.0.0.1:8008" }

            """,
    };

    private static readonly string[] _admin = ["/_synapse/admin/v1/users", "/_synapse/mas/x", "/_palpo/admin/x", "/_palpo/mas/x"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        HashSet<string> homeservers = [.. spec.MatrixRoutes().Select(r => r.Proxy.Upstream.Name)];
        var choice = new RouteChoice();
        foreach (Site site in homeservers.Count == 0 ? [] : spec.Sites.Where(s => !s.Listen.All(l => l.IsLocal())))
        {
            foreach (string path in _admin)
            {
                Route? open = choice
                    .Candidates(site, path)
                    .FirstOrDefault(r =>
                        r is { Rewrite: null, Proxy: { } proxy } && homeservers.Contains(proxy.Upstream.Name) && !r.IsFenced(site)
                    );
                if (open is not null)
                {
                    SourceSpan place = open.Path.At.Span.IsSome ? open.Path.At.Span : open.At.Span;
                    context.Report(
                        place,
                        $"'{path[..path.LastIndexOf('/')]}' of the homeserver is open to everybody",
                        "forward '/_matrix' and '/_synapse/client' alone, or guard this route"
                    );
                }
            }
        }
    }
}
