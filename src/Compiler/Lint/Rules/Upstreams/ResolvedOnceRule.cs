using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>A name in an upstream must resolve when the program starts.</summary>
internal sealed class ResolvedOnceRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0304",
        "name-resolved-once",
        Severity.Info,
        "A server's name that some programs look up once, at their start"
    )
    {
        Why =
            "nginx looks names up when it starts, and doesn't start where one can't be resolved: after a reboot the whole proxy stays "
            + "away because one upstream's DNS was late. And it never looks again, so a container that comes back with another address is "
            + "not found. Set a `resolver` for the target, use an address, or `discover`.",
        Bad = """
            sites:
              - { host: a.internal, proxy: "http://app.internal:3000" }

            """,
        Good = """
            sites:
              - { host: a.internal, proxy: "http://10.0.0.5:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        if (spec.Targets.Any(t => t.List("resolver").Count > 0))
        {
            return;
        }

        foreach (Upstream upstream in spec.AllUpstreams())
        {
            if (
                upstream.Servers.FirstOrDefault(s =>
                    s.Address.Scheme != ServerScheme.Unix && !s.Address.IsAddress && !s.Address.IsOnThisMachine()
                ) is
                { } named
            )
            {
                context.Report(
                    named.At.Of("url"),
                    $"'{named.Address.Host}' must resolve when the proxy starts, and some programs never ask again",
                    "set a 'resolver' under 'targets', or use an address"
                );
            }
        }
    }
}
