using Confgen.Compiler.Binding.Upstreams;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds <c>fastcgi</c>.</summary>
internal static class FastCgiBinder
{
    public static readonly Rule WrongProtocol = new(
        "CFG0143",
        "wrong-protocol",
        Severity.Error,
        "An upstream whose servers don't speak what the route or the stream speaks"
    )
    {
        Why =
            "`proxy` speaks HTTP, and `fastcgi` FastCGI, which has other messages. Servers of an upstream for `fastcgi` are "
            + "`fastcgi://host:port` or unix sockets; it isn't probed by `health.active`, which speaks HTTP, and its servers are listed. "
            + "A stream carries bytes: its servers are `tcp://host:port` or unix sockets, and have nothing that is HTTP's or TLS'.",
        Bad =
            "upstreams:\n  php: http://127.0.0.1:9000\nsites:\n  - host: a.example.com\n"
            + "    fastcgi: { server: php, root: /var/www/html }\n",
        Good =
            "upstreams:\n  php: fastcgi://127.0.0.1:9000\nsites:\n  - host: a.example.com\n"
            + "    fastcgi: { server: php, root: /var/www/html }\n",
    };

    public static readonly Rule BadParameter = new("CFG0144", "bad-parameter", Severity.Error, "A FastCGI parameter that can't be written")
    {
        Why =
            "Parameters that say which script runs and how long the body is come from the request alone: another value would run another "
            + "script. Those whose name starts with `HTTP_` are the request's fields, which `headers.request` changes.",
        Bad =
            "sites:\n  - host: a.example.com\n    fastcgi:\n      server: 127.0.0.1:9000\n      root: /var/www/html\n"
            + "      params: { HTTP_X_TOOL: a }\n",
        Good =
            "sites:\n  - host: a.example.com\n    fastcgi: { server: \"127.0.0.1:9000\", root: /var/www/html }\n"
            + "    headers: { request: { set: { X-Tool: a } } }\n",
    };

    /// <summary>Binds the action; null where its server or its root is missing.</summary>
    public static ProxyAction? Bind(BindingContext c, ObjectReader route, SyntaxNode node, Inherited inherited)
    {
        ObjectReader o = ObjectReader.Open(c, node, FastCgiFields.Schema);
        Upstream? upstream = o.Get(FastCgiFields.Server) is { } server ? Server(c, server) : null;
        string? root = FileReference.Directory(c, o.Get(FastCgiFields.Root));
        string? local = FileReference.Directory(c, o.Get(FastCgiFields.LocalRoot));
        var plain = new FastCgi { Root = "" };
        string split = Name(c, o, FastCgiFields.Split, ".php") ?? plain.Split;
        FastCgi fastCgi = c.Written(
            plain with
            {
                At = o.Source,
                Root = root ?? "/",
                LocalRoot = local,
                Index = Name(c, o, FastCgiFields.Index, "index.php") ?? "index" + split,
                Split = split,
                FrontController = o.Read(FastCgiFields.FrontController),
                Params = [.. o.Entries(FastCgiFields.Params).Select(entry => Param(c, entry)).OfType<FastCgiParam>()],
            }
        );
        if (!fastCgi.Index.EndsWith(fastCgi.Split, StringComparison.OrdinalIgnoreCase))
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                (o.Get(FastCgiFields.Index) ?? o.Get(FastCgiFields.Split) ?? node).Span,
                $"the index '{fastCgi.Index}' is no script: its name doesn't end with '{fastCgi.Split}'",
                $"write 'index: index{fastCgi.Split}', or the 'split' of its name"
            );
        }

        FilesAction? files = FilesBinder.BindFirst(c, route.Get(RouteFields.FilesFirst));
        if (files is not null)
        {
            CheckFiles(c, fastCgi, files);
        }

        return upstream is null || root is null
            ? null
            : new ProxyAction
            {
                At = inherited.At,
                Upstream = upstream,
                FastCgi = fastCgi,
                Sse = route.Read(RouteFields.Sse),
                WebSocket = WebSocketMode.Never,
                Timeouts = inherited.Timeouts,
                FlushInterval = route.Find(RouteFields.FlushInterval),
                FilesFirst = files,
                ResponseRewrite = ResponseRewriteBinder.Bind(c, route.Get(RouteFields.RewriteResponse)),
            };
    }

    /// <summary>Refuses what a route with <c>fastcgi</c> can't have beside it.</summary>
    public static void CheckBeside(BindingContext c, ObjectReader route)
    {
        foreach (Field field in RouteFields.OfProxy.Except(RouteFields.OfFastCgi).Where(route.Has))
        {
            c.Diagnostics.Report(
                ActionBinder.NeedsProxy,
                route.KeySpan(field),
                $"'{field}' in a route with 'fastcgi', whose scripts see the request as it was sent",
                field == RouteFields.Host ? "remove it; a script takes its name from the parameter SERVER_NAME" : "remove it"
            );
        }

        if (route.Read(RouteFields.StripPrefix))
        {
            c.Diagnostics.Report(
                ActionBinder.NeedsProxy,
                route.KeySpan(RouteFields.StripPrefix),
                "'strip_prefix' in a route with 'fastcgi', whose scripts make links from the whole path",
                "remove it, and let 'root' be the folder in which the prefix is a folder"
            );
        }
    }

    /// <summary>Refuses an upstream that speaks FastCGI where HTTP is spoken.</summary>
    public static void CheckHttp(BindingContext c, SyntaxNode node, Upstream? upstream)
    {
        if (upstream?.Scheme == ServerScheme.FastCgi)
        {
            c.Diagnostics.Report(
                WrongProtocol,
                node.Span,
                $"'{upstream.Name}' speaks FastCGI, and HTTP is spoken here",
                $"write 'fastcgi: {{ server: {NameOf(upstream)}, root: /var/www/html }}', with the folder of its scripts"
            );
        }
        else if (upstream?.Scheme == ServerScheme.Tcp)
        {
            c.Diagnostics.Report(
                WrongProtocol,
                node.Span,
                $"'{upstream.Name}' is for streams, and HTTP is spoken here",
                upstream.IsInline
                    ? Advice.Replace(node.Span, YamlScalar.Of("http://" + upstream.Servers[0].Address.HostPort))
                    : new Advice("write its servers as http://, or use it under 'streams'")
            );
        }
    }

    private static string NameOf(Upstream upstream) => upstream.IsInline ? upstream.Servers[0].Address.HostPort : upstream.Name;

    private static Upstream? Server(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "a FastCGI server") is not { } text)
        {
            return null;
        }

        bool isUrl = text.StartsWith("unix:", StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal);
        if (isUrl || text.Contains(':', StringComparison.Ordinal))
        {
            string url = isUrl ? text : "fastcgi://" + text;
            if (!ServerAddress.TryParse(url, out ServerAddress? address, out string? problem, takesAll: true))
            {
                ScalarReader.Refuse(c, ServerBinder.BadUrl, node.Span, problem);
                return null;
            }

            Model.Sources.Source at = ObjectReader.OfShort(node, UpstreamFields.Schema, UpstreamFields.Servers);
            var inline = new Upstream
            {
                At = at,
                Name = text,
                IsInline = true,
                Servers = [new UpstreamServer { Address = address, At = at }],
            };
            return Checked(c, node, inline);
        }

        return UpstreamReference.Bind(c, node) is { } named ? Checked(c, node, named.Upstream) : null;
    }

    private static Upstream Checked(BindingContext c, SyntaxNode node, Upstream upstream)
    {
        if (upstream.Servers.Any(s => s.Address.Scheme is not (ServerScheme.FastCgi or ServerScheme.Unix)))
        {
            ServerAddress first = upstream.Servers[0].Address;
            c.Diagnostics.Report(
                WrongProtocol,
                node.Span,
                $"'{upstream.Name}' {(first.Scheme == ServerScheme.Tcp ? "is for streams" : "speaks HTTP")}, and FastCGI is spoken here",
                upstream.IsInline
                    ? Advice.Replace(node.Span, YamlScalar.Of(first.HostPort))
                    : new Advice($"write its servers as fastcgi://{first.HostPort}")
            );
        }
        else if (upstream.ActiveHealth is { } health)
        {
            c.Diagnostics.Report(WrongProtocol, health.At.Span, "probes speak HTTP, and the servers FastCGI", "write 'health.passive'");
        }
        else if (upstream.Discover is { } discover)
        {
            c.Diagnostics.Report(WrongProtocol, discover.At.Span, "servers that are discovered speak HTTP", "list them under 'servers'");
        }

        return upstream;
    }

    private static string? Name(BindingContext c, ObjectReader o, Field field, string example)
    {
        if (o.Get(field) is not { } node || ScalarReader.Text(c, node) is not { } text)
        {
            return null;
        }

        bool good =
            text.Length > 0 && text.All(ch => char.IsAsciiLetterOrDigit(ch) || ch is '.' or '_' or '-') && text.Trim('.').Length > 0;
        if (!good)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                $"invalid '{field}' '{text}'",
                $"letters, digits, '.', '_' and '-', as '{example}'"
            );
        }

        return good ? text : null;
    }

    private static FastCgiParam? Param(BindingContext c, EntrySyntax entry)
    {
        string name = entry.Key.Value;
        if (TemplateReader.HeaderText(c, entry.Value) is not { } value)
        {
            return null;
        }

        bool isName = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(ch => char.IsAsciiLetterOrDigit(ch) || ch == '_');
        string upper = name.ToUpperInvariant();
        if (!isName || upper.StartsWith("HTTP_", StringComparison.Ordinal) || FastCgiParam.Reserved.Contains(upper))
        {
            c.Diagnostics.Report(
                BadParameter,
                entry.Key.Span,
                isName ? $"the parameter '{name}' comes from the request" : $"'{name}' can't be the name of a parameter",
                !isName ? "letters, digits and '_', not starting with a digit"
                    : upper.StartsWith("HTTP_", StringComparison.Ordinal)
                        ? $"write 'headers: {{ request: {{ set: {{ {FieldOf(upper)}: ... }} }} }}'"
                    : "remove it"
            );
            return null;
        }

        return new FastCgiParam
        {
            Name = name,
            Value = value,
            At = ObjectReader.OfShort(entry.Value, FastCgiFields.Schema, FastCgiFields.Params),
        };
    }

    // HTTP_X_TOOL is the field X-Tool.
    private static string FieldOf(string parameter) =>
        string.Join(
            '-',
            parameter["HTTP_".Length..].Split('_').Select(word => word.Length < 2 ? word : word[0] + word[1..].ToLowerInvariant())
        );

    // A candidate that names a script itself would send its source.
    private static void CheckFiles(BindingContext c, FastCgi fastCgi, FilesAction files)
    {
        foreach (TextTemplate path in files.Try.Where(path => fastCgi.MayHoldSource(path.ToString())))
        {
            c.Diagnostics.Report(
                PathText.BadPath,
                files.At.Of(FilesFirstFields.Try),
                $"'{path}' is a script, whose source would be sent",
                "remove it: scripts are looked for by themselves"
            );
        }
    }
}
