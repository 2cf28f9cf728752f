using System.Globalization;
using Confgen.Model.Guards;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a route.</summary>
internal sealed class RouteBuilder(CaddyQuoter texts, ProxyBuilder proxies, Compressions compressions)
{
    /// <summary>A byte of the path that RFC 3986, section 3.3, doesn't allow there. It starts like a target, so that it never matches what is none.</summary>
    private const string OddBytes = @"^[/h][^?]*[^A-Za-z0-9/?:@!$&\x27()*+,;=._~%\[\]-]";

    private static readonly CaddyVersion ExpandsTargetsSince = new(7);
    private static readonly CaddyVersion RedirectsFilesSince = new(7);
    private static readonly CaddyVersion NewNamesSince = new(8);

    /// <summary>The first release that says Vary of every file.</summary>
    public static readonly CaddyVersion FilesVarySince = new(8);
    private static readonly CaddyVersion CopiesWhatWasSentSince = new(11);

    public RouteView Build(Site site, Route route, ResponseHeaders headers, string matcher, string? mark, bool ownMaxBody)
    {
        ProxyAction? proxy = route.Proxy;
        return new RouteView
        {
            Title = CaddyQuoting.Comment(route.Path + (route.Match.Count > 0 ? " with conditions" : "")),
            Matcher = matcher,
            MatcherLines = matcher.Length > 0 ? MatcherLines.Of(texts, route) : [],
            Mark = mark,
            SkipLog = route.Log is { Format: AccessLogFormat.Off } && site.Log is { Format: not AccessLogFormat.Off } ? texts.Version < NewNamesSince ? "skip_log" : "log_skip" : null,
            Headers = [.. headers.SuccessOf(route), .. headers.Of(route), .. Cookie(proxy, site.Tls is not null)],
            OddBytes = route.Transparent || route.IsGuarded ? texts.Raw(route.At.Span, "{http.request.orig_uri}", OddBytes) : null,
            Access = route.Access.IsOpen ? null : Access(route.Access),
            BasicAuth = route.BasicAuth is { } basic ? Basic(basic) : null,
            ForwardAuth = route.ForwardAuth is { } forward ? Forward(forward, proxy?.Timeouts ?? new Timeouts()) : null,
            Cors = route.Cors is { } cors ? Cors(cors) : null,
            Encode = compressions.Of(site, route),
            MaxBody = ownMaxBody && route.MaxBody > 0 ? route.MaxBody.ToString(CultureInfo.InvariantCulture) : null,
            Rewrite = route.Rewrite is { } rewrite ? Rewrite(route, rewrite) : null,
            RewriteMayUnroot = route.Rewrite is { Kind: PathRewriteKind.Regex } replaced && !GroupReferences.KeepRoot(replaced),
            WebSocket = proxy is null ? null : proxies.BuildWebSocket(site, route, proxy, [.. headers.Shared, .. headers.Of(route)]),
            Proxy = proxy is null ? null : proxies.Build(site, route, proxy),
            Respond = route.Action is RespondAction respond ? Respond(route, respond) : null,
            Redirect = route.Action is RedirectAction redirect ? Redirect(route, redirect) : null,
            Files = route.Action is FilesAction files ? Files(route, files) : null,
        };
    }

    public RespondView Respond(string body, int status, string contentType, Model.Sources.SourceSpan at) => body.Length == 0
        ? new RespondView(null, status, null)
        : new RespondView(texts.Body(body, at), status, texts.HeaderValue(TextTemplate.Literal(contentType), at));

    private RespondView Respond(Route route, RespondAction action) => Respond(action.Body, action.Status, action.ContentType, route.At.Of("respond"));

    private string Redirect(Route route, RedirectAction action)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{texts.Location(action.To, route.At.Of("redirect"))} {action.Status}");
    }

    /// <summary>The attributes of a balance's cookie, written last: deferred blocks run from the last to the first.</summary>
    private IEnumerable<HeaderRulesView> Cookie(ProxyAction? proxy, bool tls) =>
        proxy is not null && proxies.StickyCookie(proxy.Upstream, tls) is { } line ? [new HeaderRulesView { Lines = [line] }] : [];

    private AccessView Access(AddressAccess access)
    {
        bool text = texts.TrustedProxies is not null && !texts.KnowsClients;
        return new AccessView(
            access.Allow.Count == 0 ? null : "not " + Matches(access.Allow),
            access.Deny.Count == 0 ? null : Matches(access.Deny),
            text);

        string Matches(IReadOnlyList<Cidr> blocks) => texts.TrustedProxies is null
            ? "remote_ip " + string.Join(' ', blocks)
            : (text ? "remote_ip forwarded " : "client_ip ") + string.Join(' ', AddressPattern.WithMapped(blocks));
    }

    private BasicAuthView Basic(BasicAuth basic) => new(
        texts.Version < NewNamesSince ? "basicauth" : "basic_auth",
        texts.Argument(basic.Realm, basic.At.Of("realm")),
        [.. basic.Users.Select(user => texts.FirstWord(user.Name, user.At.Span) + " " + texts.Value(user.Hash, user.At.Span))]);

    private ForwardAuthView Forward(ForwardAuth forward, Timeouts timeouts) => new()
    {
        Server = texts.Argument(forward.Server.Scheme switch
        {
            ServerScheme.Unix => "unix/" + forward.Server.SocketPath,
            ServerScheme.Https => "https://" + forward.Server.HostPort,
            ServerScheme.H2c => "h2c://" + forward.Server.HostPort,
            _ => forward.Server.HostPort,
        }, forward.At.Of("url")),

        // Without a query of its own the client's would be appended.
        Uri = texts.Value(forward.Target.Contains('?', StringComparison.Ordinal) ? forward.Target : forward.Target + "?", forward.At.Of("url")),
        DialTimeout = CaddyQuoter.Duration(timeouts.Connect),
        ResponseTimeout = CaddyQuoter.Duration(timeouts.Read),
        UnderscoreVariants = [.. forward.CopyHeaders.SelectMany(header => ForwardedHeaders.TwinsOf(header.Name).Select(twin => texts.FieldName(twin, header.At.Span)))],
        Copy = [.. forward.CopyHeaders.Select(header => texts.FieldName(header.Name, header.At.Span))],
        CopiedNames = texts.Regex("(?i)(?:" + string.Join('|', forward.CopyHeaders.Select(static header => PathPattern.Escape(header.Name))) + ")", forward.At.Of("copy_headers")),
        ClearsPlaceholders = texts.Version < CopiesWhatWasSentSince,
        TrustedProxies = texts.KnowsClients ? null : texts.TrustedProxies,
        DropsVia = proxies.DropsVia,
        ImportsVia = proxies.ImportsVia,
    };

    /// <summary>What cross-origin requests of a route are told.</summary>
    public CorsView Cors(Cors cors) => new()
    {
        Origins = cors.AnyOrigin ? null : texts.Regex("^(?:" + string.Join('|', cors.Origins.Select(PathPattern.Escape)) + ")$", cors.At.Of("origins")),
        AllowOrigin = cors.AnyOrigin ? "*" : "{http.request.header.Origin}",
        Credentials = cors.Credentials,
        Methods = texts.HeaderValue(TextTemplate.Literal(string.Join(", ", cors.Methods)), cors.At.Of("methods")),
        AllowHeaders = cors.Headers.Count == 0 ? null : texts.HeaderValue(TextTemplate.Literal(string.Join(", ", cors.Headers)), cors.At.Of("headers")),
        ExposeHeaders = cors.ExposeHeaders.Count == 0 ? null : texts.HeaderValue(TextTemplate.Literal(string.Join(", ", cors.ExposeHeaders)), cors.At.Of("expose_headers")),
        MaxAge = cors.MaxAge is { } age ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null,
    };

    private string Rewrite(Route route, PathRewrite rewrite)
    {
        Model.Sources.SourceSpan at = rewrite.At.Span;
        return rewrite.Kind switch
        {
            PathRewriteKind.StripPrefix or PathRewriteKind.ReplacePrefix when rewrite.To.Length == 0 => texts.Regex(PathPattern.RawPrefix(route.Path.Text) + "/?", at) + " /",
            PathRewriteKind.ReplacePrefix => texts.Regex(PathPattern.RawPrefix(route.Path.Text), at) + " " + texts.Value(rewrite.To.Replace("$", "$$", StringComparison.Ordinal), at),
            PathRewriteKind.AddPrefix => "^ " + texts.Value(rewrite.To.Replace("$", "$$", StringComparison.Ordinal), at),
            _ => FirstMatch(rewrite, at),
        };
    }

    /// <summary>Caddy replaces every match; an expression that is anchored, or takes all before its match along, has one alone.</summary>
    private string FirstMatch(PathRewrite rewrite, Model.Sources.SourceSpan at)
    {
        string regex = rewrite.Regex?.Write(RegexDialect.Re2) ?? "";
        bool anchored = regex.StartsWith('^') && !regex.Contains('|', StringComparison.Ordinal);
        if (anchored)
        {
            return texts.Regex(regex, at) + " " + texts.Value(GroupReferences.ToGo(rewrite, 0), at);
        }

        // $0 is the author's match, not what was taken along: a group of its own where it is asked for.
        bool whole = GroupReferences.UsesWholeMatch(rewrite);
        string to = GroupReferences.ToGo(rewrite, whole ? 2 : 1);
        return texts.Regex("^((?s:.*?))" + (whole ? "(" : "(?:") + regex + ")", at) + " " + texts.Value("${1}" + to, at);
    }

    /// <summary>
    /// Whether the redirect to a directory is written out: before 2.8 Caddy's own forgets the query. In 2.7 it can't be, since what a regex
    /// finds in the raw target was expanded there: a client would read the environment.
    /// </summary>
    private bool RedirectsItself(FilesAction files) => texts.Version < ExpandsTargetsSince && files.Index.Count > 0
        && (files.Try.Count == 0 || files.Try[0].Parts is [{ Literal: null, Placeholder: Placeholder.Path }]);

    private FilesView Files(Route route, FilesAction files) => new()
    {
        Root = texts.Value(files.Root, route.At.Of("files")),
        Index = string.Join(' ', files.Index.Select(name => texts.Value(name, route.At.Of("files")))),
        Try = files.Try.Count == 0 ? null : string.Join(' ', files.Try.Select(path => texts.FilePath(path, route.At.Of("files")))),
        Browse = files.Browse,
        Redirects = RedirectsItself(files) ? string.Join(' ', files.Index.Select(name => texts.FilePath(new TextTemplate([new TemplatePart(null, Placeholder.Path), new TemplatePart("/" + name)]), route.At.Of("files")))) : "",
        LooksFirst = texts.Version >= RedirectsFilesSince,
        SaysVary = texts.Version >= FilesVarySince && files.Precompressed.Count == 0,
        Precompressed = files.Precompressed.Count == 0 ? null : string.Join(' ', files.Precompressed.Select(static coding => coding switch { ContentCoding.Brotli => "br", ContentCoding.Zstd => "zstd", _ => "gzip" })),
    };
}
