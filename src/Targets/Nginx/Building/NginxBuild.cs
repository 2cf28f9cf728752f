using System.Security.Cryptography;
using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>One rendering: what it is made from, and what its parts put into the shared http block.</summary>
internal sealed class NginxBuild
{
    private static readonly string[] _reserved = ["dollar", "cookie_value", "query_value", "path_before", "path_behind"];

    private readonly Dictionary<string, string> _mapsByContent = [];
    private readonly List<MapView> _maps = [];
    private readonly Dictionary<(ServerAddress, UpstreamTls), Upstream> _inline = [];

    public NginxBuild(RenderContext context, NginxSettings settings)
    {
        Context = context;
        Settings = settings;
        (Variables, Groups) = IsInclude
            ? (new NginxNames(Prefix + "_", NginxNames.MaxShared, _reserved), new NginxNames(Prefix + "_"))
            : (new NginxNames("", reserved: _reserved), new NginxNames(""));
        Features = new NginxFeatures(context.Version);
        Upstreams = new UpstreamBuilder(this);
        RequestHeaders = new RequestHeaders(this);
    }

    public RenderContext Context { get; }

    public NginxSettings Settings { get; }

    public NginxFeatures Features { get; }

    public Spec Spec => Context.Spec;

    /// <summary>Whether the output stands in a configuration that isn't ours.</summary>
    public bool IsInclude => Context.Layout == Layout.Include;

    /// <summary>
    /// What names in a configuration that isn't ours start with: another one for each spec, so that several can be included.
    /// </summary>
    public string Prefix => "confgen_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MainSite)).AsSpan(0, 3));

    /// <summary>The name of the first site, or of the first stream where there is no site, which tells the spec from others.</summary>
    public string MainSite =>
        Spec.Sites.Count > 0 ? SiteNames.Of(Spec.Sites[0])
        : Spec.Streams.Count > 0 ? Spec.Streams[0].Name
        : "";

    /// <summary>Names of sites.</summary>
    public SiteNames SiteNames { get; } = new();

    /// <summary>Names of variables.</summary>
    public NginxNames Variables { get; }

    /// <summary>Names of upstream groups and shared memory.</summary>
    public NginxNames Groups { get; }

    public UpstreamBuilder Upstreams { get; }

    public RequestHeaders RequestHeaders { get; }

    /// <summary>The blocks that define variables, in the order in which they were asked for.</summary>
    public IReadOnlyList<MapView> Maps => _maps;

    /// <summary>The counts of requests.</summary>
    public List<RateZoneView> RateZones { get; } = [];

    /// <summary>Whether files are served, so that media types are needed.</summary>
    public bool ServesFiles { get; set; }

    /// <summary>Files that go beside the configuration.</summary>
    public List<RenderedFile> Files { get; } = [];

    /// <summary>A block that defines a variable: the one that says the same already, or a new one.</summary>
    /// <param name="hint">The words of its name.</param>
    /// <param name="map">The block, without its variable.</param>
    /// <returns>The variable's name, without its dollar sign.</returns>
    public string Map(string hint, MapView map)
    {
        string content = string.Join('\n', map.Lines.Select(line => line.Key + " " + line.Value).Prepend(map.Kind + " " + map.Source));
        if (_mapsByContent.TryGetValue(content, out string? known))
        {
            return known;
        }

        string name = Variables.New(hint);
        _mapsByContent.Add(content, name);
        _maps.Add(
            new MapView
            {
                Kind = map.Kind,
                Purpose = map.Purpose,
                About = map.About,
                Source = map.Source,
                Variable = "$" + name,
                Lines = map.Lines,
            }
        );
        return name;
    }

    /// <summary>
    /// The name of a group in a regex. nginx makes a variable of it, which holds no longer than until the next match, so several may have
    /// the same. PCRE takes 32 characters.
    /// </summary>
    public string Capture(string name) => IsInclude ? "confgen_" + name : name;

    /// <summary>The upstream of one server that isn't a route's.</summary>
    public Upstream UpstreamOf(ServerAddress server, UpstreamTls tls, SourceSpan at)
    {
        if (!_inline.TryGetValue((server, tls), out Upstream? upstream))
        {
            _inline.Add(
                (server, tls),
                upstream = new Upstream
                {
                    Name = server.Host,
                    IsInline = true,
                    Servers = [new UpstreamServer { Address = server }],
                    Tls = tls,
                }
            );
            if (server.Scheme == ServerScheme.H2c)
            {
                Context.ReportNotExpressible(at, "nginx asks auth servers over HTTP/1.1 alone", "write http://");
            }
        }

        return upstream;
    }

    /// <summary>The text of a quoted value; where it was refused, says so at the place of the spec.</summary>
    public string Use(NginxQuoted quoted, SourceSpan at)
    {
        if (quoted.Refusal is { } refusal)
        {
            Context.ReportNotExpressible(at, refusal);
        }

        return quoted.Text;
    }

    /// <summary>
    /// The variable that is 1 where the peer is one of the spec's trusted proxies, with its dollar sign; null where there are none.
    /// </summary>
    public string? FromProxy =>
        Spec.TrustedProxies.Count == 0
            ? null
            : "$"
                + Map(
                    "from_proxy",
                    new MapView
                    {
                        Kind = "geo",
                        Purpose = "from_proxy",
                        Source = "$realip_remote_addr",
                        Variable = "",
                        Lines =
                        [
                            new MapLineView("default", "0"),
                            .. Spec.TrustedProxies.Select(static block => new MapLineView(block.ToString(), "1")),
                        ],
                    }
                );

    /// <summary>An argument where nginx expands no variables.</summary>
    public string Argument(string value, SourceSpan at) => Use(NginxQuoting.Argument(value), at);

    /// <summary>A literal text where nginx expands variables, as a file's name.</summary>
    public string Text(string value, SourceSpan at) => Use(NginxQuoting.Text(value), at);

    /// <summary>A text for a comment; null where it can't stand in one, because nothing depends on it.</summary>
    public static string? Comment(string text) => NginxQuoting.Comment(text) is { Refusal: null } comment ? comment.Text[2..] : null;

    /// <summary>A text with placeholders.</summary>
    /// <param name="template">The text.</param>
    /// <param name="at">Where it is written.</param>
    /// <param name="upstream">What <c>{upstream_hostport}</c> stands for; null where nothing does.</param>
    public string Template(TextTemplate template, SourceSpan at, string? upstream = null)
    {
        var text = new NginxText();
        foreach (TemplatePart part in template.Parts)
        {
            if (part.Literal is { } literal)
            {
                text.HeaderLiteral(literal);
            }
            else if (part.Placeholder == Placeholder.UpstreamHostPort)
            {
                if (upstream is null)
                {
                    Context.ReportNotExpressible(
                        at,
                        "nginx knows no name of the chosen server beforehand",
                        "give the upstream one server, or write its address"
                    );
                }

                text.Literal(upstream ?? "");
            }
            else
            {
                text.Variable(RequestVariables.Of(this, part, at));
            }
        }

        return Use(text.ToQuoted(), at);
    }
}
