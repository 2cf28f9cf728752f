using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>A server that stands in an upstream twice.</summary>
internal sealed class DuplicateServerRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0229",
        "duplicate-server",
        Severity.Warning,
        "A server that stands in an upstream twice"
    )
    {
        Why = "A retry may go to the same server again, and its failures are counted apart. To give a server a bigger share, use `weight`.",
        Bad = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000", "http://127.0.0.1:3000"]
                health: { passive: {} }
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000", "http://127.0.0.1:3001"]
                health: { passive: {} }
            sites:
              - { host: a.example.com, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams.Where(u => u.Servers.Count > 1))
        {
            var seen = new Dictionary<ServerAddress, SourceSpan>();
            foreach (UpstreamServer server in upstream.Servers)
            {
                if (!seen.TryAdd(server.Address, server.At.Span))
                {
                    context.Report(
                        server.At.Span,
                        $"{server.Address} is in '{upstream.Name}' already",
                        "give one of them a 'weight' instead",
                        new RelatedSpan(seen[server.Address], "the first one")
                    );
                }
            }
        }
    }
}
