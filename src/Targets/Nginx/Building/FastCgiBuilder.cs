using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Makes the locations that run a route's scripts: one that looks for the script, and one for the root's index, which responds where no
/// script is there. A script that isn't there never runs: PHP would take the nearest one above it.
/// </summary>
internal sealed class FastCgiBuilder(NginxBuild build, Site site, CommonView common)
{
    private const string CommonConnectTimeout = "5s";
    private const int CommonTries = 2;

    /// <summary>The locations behind the guards, the one that requests are handed to first.</summary>
    /// <param name="route">The route.</param>
    /// <param name="proxy">What it says of forwarding.</param>
    /// <param name="upstream">How the servers are reached.</param>
    /// <param name="location">The location without its action.</param>
    /// <param name="front">The name of the location of the root's index.</param>
    /// <param name="hidden">Fields of the response that clients don't get.</param>
    /// <param name="authHeaders">What the auth server's response adds to the request.</param>
    public IReadOnlyList<LocationView> Build(
        Route route,
        ProxyAction proxy,
        UpstreamTarget upstream,
        LocationView location,
        string front,
        IReadOnlyList<string> hidden,
        IReadOnlyList<HeaderView> authHeaders
    )
    {
        FastCgi fastCgi = proxy.FastCgi ?? throw new InvalidOperationException();
        FastCgiView view = View(route, proxy, upstream, authHeaders) with { Hidden = hidden };
        string directory = FilesBuilder.Directory(build, "$uri");
        string index = build.Use(
            new NginxText().Variable(directory).Literal("/" + fastCgi.Index).ToQuoted(),
            fastCgi.At.Of(FastCgiFields.Index)
        );
        var files = new FilesView { Path = build.Text(fastCgi.LookupRoot, fastCgi.At.Of(FastCgiFields.LocalRoot)) };
        var slash = new RefusalView(
            "index",
            build.Use(
                new NginxText().Variable("document_root").Variable("uri").Literal("/" + fastCgi.Index).ToQuoted(),
                fastCgi.At.Of(FastCgiFields.Index)
            )
        );
        return
        [
            location with
            {
                Purpose = "script",
                Files = files with { Try = $"${Script(fastCgi)} {index} {front}" },
                FastCgi = view with { Params = [.. Of(fastCgi, isFront: false), .. view.Params] },
            },
            location with
            {
                Purpose = "slash",
                Matcher = front,
                RelativeRedirects = true,
                Files = files,
                Refusals = [slash],
                Return = fastCgi.FrontController ? null : new ReturnView(404),
                FastCgi = fastCgi.FrontController ? view with { Params = [.. Of(fastCgi, isFront: true), .. view.Params] } : null,
            },
        ];
    }

    /// <summary>Of the path the script that it names; a name that no file has where it names none.</summary>
    private string Script(FastCgi fastCgi)
    {
        string script = build.Capture("script");
        return build.Map(
            NginxNames.Join("script", fastCgi.Split),
            new MapView
            {
                Purpose = "script_of_path",
                Source = "$uri",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "/.none"),
                    new MapLineView(
                        build.Use(
                            NginxQuoting.RegexKey($"^(?<{script}>(?s:.*?)(?i:{NginxQuoting.EscapeRegex(fastCgi.Split)}))(?:/|\\z)"),
                            fastCgi.At.Of(FastCgiFields.Split)
                        ),
                        "$" + script
                    ),
                ],
            }
        );
    }

    /// <summary>What stands before the names of files that may be sent: nothing, or a name that no directory has.</summary>
    public static string Gate(NginxBuild build, FastCgi fastCgi) =>
        build.Map(
            NginxNames.Join("files_first", fastCgi.Split),
            new MapView
            {
                Purpose = "files_but_scripts",
                Source = "\"$request_method $uri\"",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "/.none"),
                    new MapLineView(
                        build.Use(
                            NginxQuoting.RegexKey($"^(?:GET|HEAD) (?!(?s:.*)(?i:{NginxQuoting.EscapeRegex(fastCgi.Split)}))"),
                            fastCgi.At.Of(FastCgiFields.Split)
                        ),
                        "\"\""
                    ),
                ],
            }
        );

    private IEnumerable<HeaderView> Of(FastCgi fastCgi, bool isFront)
    {
        Model.Sources.SourceSpan at = fastCgi.At.Of(FastCgiFields.Root);
        string Script(string folder)
        {
            NginxText text = new NginxText().Literal(folder);
            return build.Use((isFront ? text.Literal("/" + fastCgi.Index) : text.Variable("uri")).ToQuoted(), at);
        }

        string name = Script("");
        yield return new("DOCUMENT_ROOT", build.Text(fastCgi.Root, at));
        yield return new("DOCUMENT_URI", name);
        yield return new("SCRIPT_NAME", name);
        yield return new("SCRIPT_FILENAME", Script(fastCgi.Root.TrimEnd('/')));
        if (!isFront)
        {
            yield return new("PATH_INFO", "$" + SharedVariables.PathInfo + " if_not_empty");
        }
    }

    private FastCgiView View(Route route, ProxyAction proxy, UpstreamTarget upstream, IReadOnlyList<HeaderView> authHeaders)
    {
        Upstream servers = proxy.Upstream;
        string connect = NginxUnits.Time(proxy.Timeouts.Connect);
        string send = NginxUnits.Time(proxy.Timeouts.Send);
        string read = NginxUnits.Time(proxy.ReadTimeout);
        IReadOnlyList<HeaderGroupView> fields = build.RequestHeaders.OfScripts(
            [site.Headers.Request, route.Headers.Request],
            upstream.HostPort,
            authHeaders,
            out bool repeatsCommon
        );
        return new FastCgiView
        {
            Pass = upstream.Authority,
            Params = [.. Params(route, proxy.FastCgi?.Params ?? [])],
            BehindProxies = build.Spec.TrustedProxies.Count > 0,
            IncludesFields = repeatsCommon || fields.Count == 0,
            Fields = fields,
            AlwaysHasServer = upstream.AlwaysHasServer,
            BuffersResponse = servers.Buffers?.Read is not null && !proxy.Sse && proxy.FlushInterval is null,
            Intercepts = route.Errors.Intercept.Count > 0,
            ConnectTimeout = connect == CommonConnectTimeout ? null : connect,
            ResolverTimeout = common.ResolverTimeout is { } commonTimeout && commonTimeout != connect ? connect : null,
            SendTimeout = send == "60s" ? null : send,
            ReadTimeout = read == "60s" ? null : read,
            NextUpstream = upstream.HasSeveral ? RetryConditions.ForFastCgi(servers) : null,
            Tries = upstream.HasSeveral && servers.Retries > 0 && servers.Retries + 1 != CommonTries ? servers.Retries + 1 : null,
            Buffers = servers.Buffers is { } buffers ? ProxyBuilder.Buffers(buffers) : null,
        };
    }

    // A parameter of the spec goes instead of one that is sent by itself: of two with one name the last counts.
    private IEnumerable<HeaderView> Params(Route route, IReadOnlyList<FastCgiParam> written)
    {
        bool Has(string name) => written.Any(param => param.Name == name);
        if (!Has("HTTPS"))
        {
            yield return new("HTTPS", "$https if_not_empty");
        }

        if (route is { BasicAuth: not null, AddressIsEnough: false } && !Has("REMOTE_USER"))
        {
            yield return new("REMOTE_USER", "$remote_user");
        }

        foreach (FastCgiParam param in written)
        {
            yield return new(param.Name, build.Text(param.Value, param.At.Of(FastCgiFields.Params)));
        }
    }
}
