using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Syntax;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Included;

/// <summary>
/// The installed nginx with a configuration as distributions ship it, which includes the case's files, and those of another spec.
/// </summary>
internal sealed class IncludedNginxProxy : IProxy
{
    private static readonly ScribanTemplates _templates = new(EmbeddedTemplates.Find);
    private readonly NginxProxy _program = new();

    public string Name => _program.Name;

    public string? Missing => _program.Missing;

    public bool IsUsual => _program.IsUsual;

    public TargetVersion? Version => _program.Version;

    public PreparedProxy Prepare(Compilation compiled) => _program.Prepare(compiled, Layout.Include);

    public Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        var main = new RenderedFile("nginx.conf", Stock(place.Folder));
        return _program.StartAsync(prepared with { Files = [main, .. prepared.Files, .. Neighbour(place)] }, place, stop);
    }

    // As Debian's, with the folders changed.
    private static string Stock(string folder) =>
        $$"""
            user www-data;
            worker_processes auto;
            pid {{folder}}/nginx.pid;
            events {
                worker_connections 768;
            }
            http {
                sendfile on;
                tcp_nopush on;
                types_hash_max_size 2048;
                types {
                    text/html html htm;
                    text/plain txt;
                    application/javascript js;
                }
                default_type application/octet-stream;
                ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
                ssl_prefer_server_ciphers on;
                access_log {{folder}}/access.log;
                gzip on;
                include {{folder}}/conf.d/*.conf;
            }

            """;

    /// <summary>Another spec on the same listener that uses everything that could have the same name.</summary>
    private IReadOnlyList<RenderedFile> Neighbour(Place place)
    {
        string spec = $$"""
            trusted_proxies: [192.0.2.0/24]
            upstreams:
              app: { servers: ["http://127.0.0.1:1", "http://127.0.0.2:1"], balance: { cookie: other } }
            sites:
              - host: neighbour.test
                listen: {{place.Ports.First()}}
                log: { format: json, output: {{place.Folder}}/neighbour.log }
                compress: [gzip]
                routes:
                  - { path: /, match: { header: { X-A: "$" } }, proxy: app, basic_auth: { users: { a: "$2y$05$abcdefghijklmnopqrstuuhcYUQvZEF6yE2bNKeJe9sHJ5JY0Yl0S" } } }
                  - { path: /, match: { method: PUT }, respond: "neighbour" }
                  - { path: /api, strip_prefix: true, proxy: app, rate_limit: { rate: 1/m } }
                  - { path: /v1, rewrite: { regex: '^/(.*)', to: '$1' }, proxy: app, websocket: true }
                  - { path: /files, files: { root: /nonexistent, browse: true } }

            """;
        var host = new CompilerHost(TargetCatalogue.All, _templates, new DiskFileSystem(), static _ => null);
        var compiled = Compilation.FromText(host, new SourceText("neighbour.yaml", spec));
        PreparedProxy rendered = _program.Prepare(compiled, Layout.Include);
        return rendered.Files is [_, ..] files
            ? files
            : throw new ProxyFailedException(string.Join("\n", compiled.Diagnostics.Concat(rendered.Diagnostics)));
    }
}
