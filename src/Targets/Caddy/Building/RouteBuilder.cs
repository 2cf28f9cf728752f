using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a route.</summary>
/// <param name="texts">Quotes for the site.</param>
/// <param name="proxies">Builds its proxy.</param>
/// <param name="imports">Whether there are constant snippets.</param>
internal sealed partial class RouteBuilder(CaddyQuoter texts, ProxyBuilder proxies, bool imports)
{
    private static readonly CaddyVersion ExpandsTargetsSince = new(7);

    /// <summary>The first release that redirects from a file with a slash behind it.</summary>
    public static readonly CaddyVersion RedirectsFilesSince = new(7);

    /// <summary>The first release that sends Vary with every file.</summary>
    public static readonly CaddyVersion FilesVarySince = new(8);

    private static readonly CaddyVersion CopiesWhatWasSentSince = new(11);

    /// <summary>A route.</summary>
    /// <param name="site">The site.</param>
    /// <param name="route">The route.</param>
    /// <param name="headers">The rules on fields of the site's responses.</param>
    /// <param name="name">A word for the route.</param>
    /// <param name="mark">The name by which <c>handle_errors</c> knows it, or null.</param>
    /// <param name="siteMaxBody">The longest body that the site takes; 0 for any.</param>
    public RouteView Build(Site site, Route route, ResponseHeaders headers, string name, string? mark, long siteMaxBody)
    {
        bool everything = route.Path.IsEverything && route.Match.Count == 0;
        ResponseRules rules = headers.Of(route);
        string matcher = everything ? "" : "@" + name;
        int strips = Strips(route);
        var view = new RouteView
        {
            Title = CaddyQuoting.Comment(route.Path + (route.Match.Count > 0 ? " with conditions" : "")),
            Matcher = matcher,
            Conditions = everything ? null : MatcherBuilder.Build(texts, route),
            Mark = mark,
            Raw = RawOutput.TextOf(route.Raw.Of("caddy")),
            SkipLog = route.Log is { Format: AccessLogFormat.Off } && site.Log is { Format: not AccessLogFormat.Off },
            Headers = [.. rules.Blocks, .. Cookie(route.Proxy, site.Tls is not null)],
            Lasting = rules.Lasting,
            CacheControl = headers.CacheControlOf(route),
            SuccessHeaders = headers.SuccessOf(site, route),
            RefusesOddBytes = route.Transparent || route.IsGuarded,
            Access = route.Access.IsOpen ? null : Access(route),
            BasicAuth = route.BasicAuth is { } basic ? Basic(basic) : null,
            ForwardAuth = route.ForwardAuth is { } forward ? Forward(forward, route.Proxy?.Timeouts ?? new Timeouts()) : null,
            Cors = route.Cors is { } cors ? Cors(cors) : null,
            Encode = Compressions.Of(site, route),
            MaxBody = route.MaxBody > 0 && route.MaxBody != siteMaxBody ? route.MaxBody.ToString(CultureInfo.InvariantCulture) : null,
            Strips = strips,
            Rewrite = strips == 0 && route.Rewrite is { } rewrite ? Rewrite(route, rewrite) : null,
            RewriteMayUnroot = route.Rewrite is { Kind: PathRewriteKind.Regex } replaced && !GroupReferences.KeepRoot(replaced),
            FilesFirst = route.Proxy?.FilesFirst is { } first
                ? new FilesFirstBuilder(texts, imports).Build(first, route.Proxy.FastCgi)
                : null,
            Proxy = route.Proxy is { } proxy ? proxies.Build(site, route, proxy, name) : null,
            Respond = route.Action is RespondAction respond ? Respond(route, respond) : null,
            Closes = route.Action is CloseAction,
            Redirect = route.Action is RedirectAction redirect ? Redirect(route, redirect) : null,
            Files = route.Action is FilesAction files ? Files(route, files) : null,
        };
        view =
            route.Proxy?.FastCgi is { } fastCgi && view.Proxy is { } servers
                ? view with
                {
                    FastCgi = new FastCgiBuilder(texts).Build(fastCgi, servers),
                }
                : view;
        return IsFlat(route, view)
            ? view with
            {
                IsFlat = true,
                Proxy = view.Proxy is { } flat ? flat with { Matcher = matcher } : null,
            }
            : view;
    }

    // A directive behind a rewriting would no longer match, and those that define matchers need a block of their own.
    private static bool IsFlat(Route route, RouteView view) =>
        !route.IsGuarded
        && view
            is {
                SuccessHeaders: null,
                Headers.Count: 0,
                Lasting.Count: 0,
                RefusesOddBytes: false,
                Cors: null,
                Rewrite: null,
                FilesFirst: null,
                Raw: null,
                FastCgi: null,
                Files: null or { IsUsual: true }
            }
        && (
            view.Strips == 0
            || (view is { Strips: 1, Proxy: { Address: not null, Upgraded: not null, Watched: false } } && view.Matcher.Length > 0)
        )
        && view.Proxy is null or { DropsUpgrade: false, EarlyHeaders.Count: 0 };

    /// <summary>Of a prefix that is cut off, the number of its segments.</summary>
    private static int Strips(Route route) =>
        route.Rewrite is { Kind: PathRewriteKind.StripPrefix or PathRewriteKind.ReplacePrefix, To.Length: 0 }
        && route.Path.Kind == PathMatcherKind.Prefix
            ? route.Path.Text.Split('/', StringSplitOptions.RemoveEmptyEntries).Length
            : 0;

    /// <summary>A fixed response.</summary>
    public RespondView Respond(string body, int status, string contentType, Model.Sources.SourceSpan at)
    {
        if (body.Length == 0)
        {
            return new RespondView(null, null, status, null, IsPlainText: false);
        }

        string? line =
            body.EndsWith('\n')
            && body.Length > 1
            && body.IndexOf('\n', StringComparison.Ordinal) == body.Length - 1
            && body.All(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or ',' or '-' or '_' or '\n')
                ? texts.Body(body[..^1], at)
                : null;
        return new RespondView(
            texts.Body(body, at),
            line,
            status,
            texts.HeaderValue(TextTemplate.Literal(contentType), at),
            contentType == "text/plain; charset=utf-8"
        );
    }

    private RespondView Respond(Route route, RespondAction action) =>
        Respond(action.Body, action.Status, action.ContentType, route.At.Of(RouteFields.Respond));

    private string Redirect(Route route, RedirectAction action)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{texts.Location(action.To, route.At.Of(RouteFields.Redirect))} {action.Status}"
        );
    }

    /// <summary>The attributes of a balance's cookie, written last: deferred blocks run from the last to the first.</summary>
    private IEnumerable<HeaderRulesView> Cookie(ProxyAction? proxy, bool tls) =>
        proxy is not null && proxies.StickyCookie(proxy.Upstream, tls) is { } line ? [new HeaderRulesView { Lines = [line] }] : [];

    private AccessView Access(Route route)
    {
        AddressAccess access = route.Access;
        return new AccessView(
            Blocks(access.Allow),
            Blocks(access.Deny),
            ParsesForwarded: texts.ParsesForwarded,
            AsksClient: texts.TrustedProxies is not null && texts.KnowsClients,
            route.AddressIsEnough
        );

        string? Blocks(IReadOnlyList<Cidr> blocks) => blocks.Count == 0 ? null : texts.Blocks(blocks);
    }

    private BasicAuthView Basic(BasicAuth basic) =>
        new(
            texts.Argument(basic.Realm, basic.At.Of(BasicAuthFields.Realm)),
            [.. basic.Users.Select(user => texts.FirstWord(user.Name, user.At.Span) + " " + texts.Value(user.Hash, user.At.Span))]
        );

    private ForwardAuthView Forward(ForwardAuth forward, Timeouts timeouts) =>
        new()
        {
            Server = texts.Argument(
                forward.Server.Scheme switch
                {
                    ServerScheme.Unix => "unix/" + forward.Server.SocketPath,
                    ServerScheme.Https => "https://" + forward.Server.HostPort,
                    ServerScheme.H2c => "h2c://" + forward.Server.HostPort,
                    _ => forward.Server.HostPort,
                },
                forward.At.Of(ForwardAuthFields.Url)
            ),

            // Without a query of its own the client's would be appended.
            Uri = texts.Value(
                forward.Target.Contains('?', StringComparison.Ordinal) ? forward.Target : forward.Target + "?",
                forward.At.Of(ForwardAuthFields.Url)
            ),
            Transport =
                forward.Server.Scheme == ServerScheme.Https
                && TlsTransport.Over(new TransportView(), forward.Tls, texts) is var over
                && over != new TransportView()
                    ? over
                    : null,
            DialTimeout = CaddyQuoter.Duration(timeouts.Connect),
            ResponseTimeout = CaddyQuoter.Duration(timeouts.Read),
            UnderscoreVariants =
            [
                .. forward.CopyHeaders.SelectMany(header =>
                    ForwardedHeaders.TwinsOf(header.Name).Select(twin => texts.FieldName(twin, header.At.Span))
                ),
            ],
            Copy = [.. forward.CopyHeaders.Select(header => texts.FieldName(header.Name, header.At.Span))],
            CopiedNames = texts.Regex(
                "(?i)(?:" + string.Join('|', forward.CopyHeaders.Select(static header => PathPattern.Escape(header.Name))) + ")",
                forward.At.Of(ForwardAuthFields.CopyHeaders)
            ),
            SignIn = forward.SignIn switch
            {
                { To: { } to } => texts.Location(to, forward.At.Of(ForwardAuthFields.SignIn)),
                { To: null } => "{http.reverse_proxy.header.Location}",
                null => null,
            },
            SignsInWhereTold = forward.SignIn is { To: null },
            ClearsPlaceholders = texts.Version < CopiesWhatWasSentSince,
            TrustedProxies = texts.KnowsClients ? null : texts.TrustedProxies,
        };

    /// <summary>What cross-origin requests of a route are told.</summary>
    public CorsView Cors(Cors cors) =>
        new()
        {
            Origins = cors.AnyOrigin
                ? null
                : texts.Regex("^(?:" + string.Join('|', cors.Origins.Select(PathPattern.Escape)) + ")$", cors.At.Of(CorsFields.Origins)),
            AllowOrigin = cors.AnyOrigin ? "*" : "{http.request.header.Origin}",
            Credentials = cors.Credentials,
            Methods = texts.HeaderValue(TextTemplate.Literal(string.Join(", ", cors.Methods)), cors.At.Of(CorsFields.Methods)),
            AllowHeaders =
                cors.Headers.Count == 0
                    ? null
                    : texts.HeaderValue(TextTemplate.Literal(string.Join(", ", cors.Headers)), cors.At.Of(CorsFields.Headers)),
            ExposeHeaders =
                cors.ExposeHeaders.Count == 0
                    ? null
                    : texts.HeaderValue(TextTemplate.Literal(string.Join(", ", cors.ExposeHeaders)), cors.At.Of(CorsFields.ExposeHeaders)),
            MaxAge = cors.MaxAge is { } age ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null,
        };

    private string Rewrite(Route route, PathRewrite rewrite)
    {
        Model.Sources.SourceSpan at = rewrite.At.Span;
        return rewrite.Kind switch
        {
            PathRewriteKind.StripPrefix or PathRewriteKind.ReplacePrefix when rewrite.To.Length == 0 => texts.Regex(
                PathPattern.RawPrefix(route.Path.Text) + "/?",
                at
            ) + " /",
            PathRewriteKind.ReplacePrefix => texts.Regex(PathPattern.RawPrefix(route.Path.Text), at)
                + " "
                + texts.Value(rewrite.To.Replace("$", "$$", StringComparison.Ordinal), at),
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
}
