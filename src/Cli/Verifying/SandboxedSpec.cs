using Confgen.Cli.Testing.OnPrograms;
using Confgen.Files;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Cli.Verifying;

/// <summary>
/// A spec whose output a real program may check on this machine without a trace: checking opens logs, binds listeners and looks up names of
/// servers. Here logs and sockets lie in a private folder, listeners on free ports of the loopback, and servers have addresses of it.
/// Certificates stay what they are, because checking them is what is asked for.
/// </summary>
internal sealed class SandboxedSpec
{
    private readonly string _folder;
    private readonly AddressMapping _addresses = new();
    private readonly Dictionary<string, string> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    private SandboxedSpec(string folder) => _folder = folder;

    /// <summary>The spec for a folder.</summary>
    /// <exception cref="IOException">A certificate or key is nothing that a program could read to its end.</exception>
    public static Spec Of(Spec spec, string folder)
    {
        foreach (string? file in spec.Sites.SelectMany(s => new[] { s.Tls?.Cert, s.Tls?.Key, s.Tls?.ClientCa }).Concat(spec.ServerTlsFiles))
        {
            if (file is not null && RegularFile.KindOf(file) is not (FileKind.Regular or FileKind.Missing) and var kind)
            {
                throw new NotRegularFileException(file, kind);
            }
        }

        return new SandboxedSpec(folder).Whole(spec);
    }

    private Spec Whole(Spec spec) =>
        spec with
        {
            Upstreams = spec.Upstreams.Select(Confine).ToValueList(),
            Sites = spec.Sites.Select(Confine).ToValueList(),
        };

    private Site Confine(Site site) =>
        site with
        {
            Listen = site.Listen.Select(Confine).ToValueList(),
            RedirectHttp = site.RedirectHttp is { } redirect ? redirect with { Port = _addresses.Port(redirect.Port) } : null,
            Log = Confine(site.Log),
            Routes = site.Routes.Select(Confine).ToValueList(),
        };

    private ListenAddress Confine(ListenAddress listen) =>
        listen.SocketPath is { } path
            ? listen with
            {
                SocketPath = FileFor(path, ".sock"),
            }
            : listen with
            {
                Address = _addresses.Listening(listen.Address).ToString(),
                Port = _addresses.Port(listen.Port),
            };

    private AccessLog? Confine(AccessLog? log) =>
        log is null || log.Output is "stdout" or "stderr" ? log : log with { Output = FileFor(log.Output, ".log") };

    private Route Confine(Route route) =>
        route with
        {
            Action = route.Action is ProxyAction { Tunnel: null } proxy ? proxy with { Upstream = Confine(proxy.Upstream) } : route.Action,
            Log = Confine(route.Log),
            Errors = route.Errors with
            {
                Pages = route.Errors.Pages.Select(p => p.Proxy is { } upstream ? p with { Proxy = Confine(upstream) } : p).ToValueList(),
            },
            ForwardAuth = route.ForwardAuth is { } auth ? auth with { Server = Confine(auth.Server) } : null,
        };

    private Upstream Confine(Upstream upstream) =>
        upstream with
        {
            Servers = upstream.Servers.Select(s => s with { Address = Confine(s.Address) }).ToValueList(),
        };

    private ServerAddress Confine(ServerAddress server)
    {
        if (server.SocketPath is not null || server.IsAddress)
        {
            return server;
        }

        if (!_servers.TryGetValue(server.Host, out string? address))
        {
            _servers[server.Host] = address = string.Create(null, $"127.2.{_servers.Count / 250}.{1 + (_servers.Count % 250)}");
        }

        return server with
        {
            Host = address,
        };
    }

    private string FileFor(string real, string ending)
    {
        if (!_files.TryGetValue(real, out string? file))
        {
            _files[real] = file = Path.Combine(_folder, string.Create(null, $"{_files.Count}{ending}"));
        }

        return file;
    }
}
