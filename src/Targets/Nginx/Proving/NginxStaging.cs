using System.Globalization;
using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Proving;
using Confgen.Targets.Nginx.Reading;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Proving;

/// <summary>
/// Makes a copy of a configuration that runs on this machine: on free ports of the loopback, with mocks in place of its servers and a
/// certificate made for the occasion. What decides on a request stays as written.
/// </summary>
internal sealed class NginxStaging(ImportRequest request, IStagingPlaces places)
{
    private readonly ImportChain _open = new();

    // What runs the program, not what it serves; and what would need another machine.
    private static readonly string[] _gone =
    [
        "user",
        "pid",
        "daemon",
        "master_process",
        "worker_processes",
        "worker_rlimit_nofile",
        "worker_cpu_affinity",
        "worker_shutdown_timeout",
        "load_module",
        "env",
        "lock_file",
        "pcre_jit",
        "thread_pool",
        "error_log",
        "access_log",
        "stream",
        "mail",
        "events",
        "ssl_engine",
        "ssl_dhparam",
        "ssl_trusted_certificate",
        "ssl_client_certificate",
        "ssl_verify_client",
        "ssl_verify_depth",
        "ssl_crl",
        "ssl_stapling",
        "ssl_stapling_verify",
        "ssl_stapling_file",
        "ssl_stapling_responder",
        "ssl_session_ticket_key",
        "ssl_password_file",
        "http2",
        "http3",
        "quic_retry",
        "ssl_early_data",
        "limit_req",
        "limit_conn",
        "limit_rate",
        "proxy_ssl_certificate",
        "proxy_ssl_certificate_key",
        "proxy_ssl_trusted_certificate",
        "proxy_ssl_verify",
        "proxy_bind",
        "client_body_temp_path",
        "proxy_temp_path",
        "fastcgi_temp_path",
        "uwsgi_temp_path",
        "scgi_temp_path",
        "zone",
    ];

    private readonly SourceFiles _files = new(request);
    private readonly StagedNode _root = new("", [], null) { Children = [] };

    // What scripts are run by, and the names of upstreams.
    private readonly HashSet<string> _scripts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _upstreams = new(StringComparer.Ordinal);

    public StagedOriginal Stage()
    {
        foreach ((string name, string text) in _files.Roots)
        {
            int slash = name.LastIndexOf('/');
            Add(text, slash < 0 ? "" : name[..Math.Max(slash, 1)], _root);
        }

        StagedNode http = Http();
        _scripts.UnionWith(http.All.Where(n => n.Name == "fastcgi_pass").Select(n => n.First));
        _upstreams.UnionWith(http.Children!.Where(n => n is { Name: "upstream", Children: not null }).Select(n => n.First));
        foreach (StagedNode node in http.All.ToArray())
        {
            Change(node);
        }

        foreach (StagedNode pass in http.All.Where(n => n.Name is "proxy_pass" && n.Arguments.Count == 1).ToArray())
        {
            new ProxyPassStaging(pass, http, places).Change();
        }

        string[] paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        http.Children!.InsertRange(0, paths.Select(p => http.Make(p + "_temp_path", $"{places.Folder}/{p}_temp")));
        var text2 = new StringBuilder($"pid {places.Folder}/nginx.pid;\nevents {{\n}}\n");
        http.Write(text2, 0);
        return new StagedOriginal([new RenderedFile("nginx.conf", text2.ToString())], [.. NginxPaths.Of(http)], []);
    }

    // Files for `conf.d` have no http block around them, and pieces of a server none of these.
    private StagedNode Http()
    {
        StagedNode[] blocks = [.. _root.Children!.Where(n => n is { Name: "http", Children: not null })];
        var http = new StagedNode("http", [], _root) { Children = [] };
        var loose = new List<StagedNode>();
        foreach (
            StagedNode node in blocks
                .SelectMany(b => b.Children!)
                .Concat(_root.Children!.Where(n => n is not { Name: "http", Children: not null }))
        )
        {
            bool isOfServer =
                node.Name is "location" or "if" or "return" or "rewrite" or "set" or "proxy_pass" or "listen" or "server_name";
            (isOfServer ? loose : http.Children).Add(Moved(node, http));
        }

        if (loose.Count > 0)
        {
            StagedNode server = http.Make("server");
            server.Children = [.. loose.Select(l => Moved(l, server))];
            http.Children.Add(server);
        }

        http.Children.RemoveAll(c => _gone.Contains(c.Name));
        return http;
    }

    private static StagedNode Moved(StagedNode node, StagedNode parent)
    {
        var moved = new StagedNode(node.Name, node.Arguments, parent) { RawName = node.RawName, Raw = node.Raw };
        moved.Children = node.Children is null ? null : [.. node.Children.Select(c => Moved(c, moved))];
        return moved;
    }

    private void Add(string text, string prefix, StagedNode into)
    {
        if (NginxParser.Parse(text).File is { } file)
        {
            Add(file.Directives, prefix, into);
        }
    }

    private void Add(IReadOnlyList<NginxDirective> directives, string prefix, StagedNode into)
    {
        foreach (NginxDirective directive in directives)
        {
            var node = StagedNode.Of(directive, into);
            if (node is { Name: "include", Arguments.Count: 1 } && directive.Block is null)
            {
                foreach ((string name, string text) in _files.Find(node.First, prefix).Where(f => _open.TryOpen(f.Name)))
                {
                    Add(text, prefix, into);
                    _open.Close(name);
                }

                if (_files.Find(node.First, prefix).Count == 0 && KnownFiles.Find(node.First) is { } known)
                {
                    Add(known, prefix, into);
                }

                continue;
            }

            if (directive.Block is not null)
            {
                node.Children = [];
                Add(directive.Block.Directives, prefix, node);
            }

            into.Children!.Add(node);
        }
    }

    private void Change(StagedNode node)
    {
        if (node.Children is { } children && node.Name is not ("map" or "geo" or "types" or "split_clients"))
        {
            children.RemoveAll(c => _gone.Contains(c.Name));
        }

        switch (node.Name)
        {
            case "server" when node.Children is not null:
                Listeners(node);
                break;
            case "server" when node.Parent is { Name: "upstream" } && node.Arguments.Count > 0:
                (string host, int port) = HostPort(node.First, 80);
                node.Arguments[0] = _scripts.Contains(node.Parent.First) ? places.Script(host, port) : places.Server(host, port);
                node.Arguments.RemoveAll(a => a is "resolve" || a.StartsWith("service=", StringComparison.Ordinal));
                break;
            case "fastcgi_pass"
                when node.First.Length > 0 && !_upstreams.Contains(node.First) && !node.First.Contains('$', StringComparison.Ordinal):
                (string runner, int runnerPort) = HostPort(node.First, 9000);
                node.Arguments[0] = places.Script(runner, runnerPort);
                break;
            case "root" when _scripts.Count > 0 && !node.First.Contains('$', StringComparison.Ordinal):
                node.Arguments[0] = places.Directory(node.First);
                break;
            case "ssl_certificate" when node.Arguments.Count > 0:
                node.Arguments[0] = places.Certificate;
                break;
            case "ssl_certificate_key" when node.Arguments.Count > 0:
                node.Arguments[0] = places.Key;
                break;
            case "auth_basic_user_file" when !node.First.Contains('$', StringComparison.Ordinal):
                node.Arguments[0] = places.File(node.First);
                break;
            case "proxy_cache_path" or "fastcgi_cache_path" or "uwsgi_cache_path" when node.Arguments.Count > 0:
                node.Arguments[0] = $"{places.Folder}/cache{(uint)node.First.GetHashCode(StringComparison.Ordinal)}";
                break;
            case "allow" or "deny" or "set_real_ip_from" when node.First is not ("all" or "unix:"):
                Clients(node);
                break;
        }
    }

    private void Clients(StagedNode node)
    {
        IReadOnlyList<string> clients = places.Clients(node.First);
        List<StagedNode> siblings = node.Parent!.Children!;
        int at = siblings.IndexOf(node);
        if (at >= 0)
        {
            siblings.RemoveAt(at);
            siblings.InsertRange(at, clients.Select(c => node.Parent.Make(node.Name, c)));
        }
    }

    private void Listeners(StagedNode server)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<StagedNode> children = server.Children!;
        foreach (StagedNode listen in children.Where(c => c.Name == "listen").ToArray())
        {
            int port = NginxPaths.PortOf(listen.First);
            string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{places.Port(port)}");
            if (listen.First.StartsWith("unix:", StringComparison.Ordinal) || listen.Arguments.Contains("quic") || !seen.Add(address))
            {
                children.Remove(listen);
                continue;
            }

            string[] kept = [address, .. listen.Arguments.Skip(1).Where(a => a is "ssl" or "default_server" or "default")];
            listen.Arguments.Clear();
            listen.Arguments.AddRange(kept);
        }

        if (!children.Exists(c => c.Name == "listen"))
        {
            children.Insert(0, server.Make("listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{places.Port(80)}")));
        }
    }

    /// <summary>Host and port of a server; a unix socket's name with the port 0.</summary>
    public static (string Host, int Port) HostPort(string text, int usual)
    {
        int colon = text.LastIndexOf(':');
        bool hasPort =
            colon > text.LastIndexOf(']') && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return hasPort ? (text[..colon], int.Parse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture)) : (text, usual);
    }
}
