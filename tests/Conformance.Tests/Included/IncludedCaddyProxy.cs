using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Conformance.Tests.Proxies;

namespace Confgen.Conformance.Tests.Included;

/// <summary>
/// The installed Caddy with a Caddyfile of its own, which imports the case's files as they say that they are to be imported.
/// </summary>
internal sealed class IncludedCaddyProxy : IProxy
{
    private readonly CaddyProxy _program = new();

    public string Name => _program.Name;

    public string? Missing => _program.Missing;

    public bool IsUsual => _program.IsUsual;

    public TargetVersion? Version => _program.Version;

    public PreparedProxy Prepare(Compilation compiled) => _program.Prepare(compiled, Layout.Include);

    public Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        var main = new RenderedFile("Caddyfile", Own(place.Ports.First()));
        return _program.StartAsync(prepared with { Files = [main, .. prepared.Files] }, place, stop);
    }

    // What may have the same names as something in the files.
    private static string Own(int port) =>
        $$"""
            {
            	admin off
            	grace_period 1s
            	import global.caddy
            }

            (own) {
            	header X-Own own
            }

            http://own.test:{{port}} {
            	import own
            	@api path /api
            	respond @api own
            }

            import confgen.caddy
            import sites.caddy

            """;
}
