using Confgen.Compiler.Schema;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>route</c>.</summary>
public static class RouteFields
{
    private static readonly TypeSchema _paths = new TypeSchema.ListOf(TypeSchema.PathPattern, AllowSingle: true) { NotEmpty = true };
    private static readonly TypeSchema _addresses = new TypeSchema.ListOf(TypeSchema.Cidr, AllowSingle: true);

    public static readonly Field Path = new(
        "path",
        _paths,
        "A prefix by whole segments: `/api` takes `/api` and `/api/x`, never `/apifoo`. A trailing `/` means nothing. A route with several "
            + "paths stands for one each."
    )
    {
        Example = "/api",
    };

    public static readonly Field Exact = new("exact", _paths, "One path, or each of several; a trailing `/` counts.")
    {
        Example = "/healthz",
    };

    public static readonly Field Regex = new(
        "regex",
        new TypeSchema.ListOf(TypeSchema.Regex, AllowSingle: true) { NotEmpty = true },
        "A regex of the RE2 subset on the normalised path, or several; it matches anywhere unless it is anchored."
    )
    {
        Example = "'\\.(js|css)$'",
    };

    public static readonly Field Match = new(
        "match",
        new TypeSchema.Fields(() => MatchFields.Schema),
        "Further conditions; a route whose conditions fail is passed over."
    );

    public static readonly Field Proxy = new(
        "proxy",
        TypeSchema.UpstreamName,
        "Forwards to an upstream: its name, a URL, or `tunnel:NAME`."
    )
    {
        Example = "http://127.0.0.1:3000",
    };

    public static readonly Field Respond = new(
        "respond",
        new TypeSchema.AnyOf(new TypeSchema.Fields(() => RespondFields.Schema), new TypeSchema.Choice(CloseAction.Word), TypeSchema.Text),
        "Responses with a fixed text; a status or a body alone will do. `close` closes the connection without a response."
    );

    public static readonly Field Files = new(
        "files",
        new TypeSchema.AnyOf(new TypeSchema.Fields(() => FilesFields.Schema), TypeSchema.Path),
        "Serves the files of a directory."
    );

    public static readonly Field FastCgi = new(
        "fastcgi",
        new TypeSchema.Fields(() => FastCgiFields.Schema),
        "Runs scripts on a FastCGI server, as PHP-FPM."
    );

    public static readonly Field FilesFirst = new(
        "files_first",
        new TypeSchema.AnyOf(new TypeSchema.Fields(() => FilesFirstFields.Schema), TypeSchema.Path),
        "A directory whose files are sent where they are there, before the upstream is asked."
    );

    public static readonly Field Redirect = new(
        "redirect",
        new TypeSchema.AnyOf(new TypeSchema.Fields(() => RedirectFields.Schema), TypeSchema.Template),
        "Sends the client elsewhere."
    );

    public static readonly BooleanField Sse = new(
        "sse",
        "The route streams server-sent events: no buffering, no compression, each write flushed at once, and the "
            + "upstream may be silent for an hour.",
        false
    );

    public static readonly BooleanField StripPrefix = new(
        "strip_prefix",
        "Cuts the prefix that `path` matched; every later byte stays.",
        false
    );

    public static readonly Field ReplacePrefix = new(
        "replace_prefix",
        TypeSchema.PathPattern,
        "Exchanges the prefix that `path` matched for another."
    )
    {
        Example = "/v2",
    };

    public static readonly Field AddPrefix = new("add_prefix", TypeSchema.PathPattern, "Puts a prefix before the whole target.")
    {
        Example = "/base",
    };

    public static readonly Field Rewrite = new(
        "rewrite",
        new TypeSchema.Fields(() => RewriteFields.Schema),
        "Replaces the first match of a regex in the raw path."
    );

    public static readonly Field RewriteResponse = new(
        "rewrite_response",
        new TypeSchema.AnyOf(new TypeSchema.Fields(() => RewriteResponseFields.Schema), new TypeSchema.Choice(ResponseRewrite.Auto, "off")),
        "How addresses in the upstream's response become the client's. `auto`: Location, Refresh and the paths of cookies go back through "
            + "what the route does to the path, and URLs of the site's own host or of the upstream's servers get the client's scheme and "
            + "host."
    )
    {
        Default = "off",
    };

    public static readonly BooleanField Transparent = new(
        "transparent",
        "Asserts that the target is forwarded byte for byte: an error where the route rewrites, or a target can't.",
        false
    );

    public static readonly Field Host = new(
        "host",
        TypeSchema.Text,
        "The Host header that the upstream sees: `preserve` (the client's), `upstream` (the server's) or a text."
    )
    {
        Default = "preserve",
    };

    public static readonly DurationField FlushInterval = new(
        "flush_interval",
        "How often a buffered response is flushed; `0` at once. The program's own unless written.",
        null,
        TimeSpan.Zero
    )
    {
        Example = "1s",
    };

    public static readonly Field Headers = new(
        "headers",
        new TypeSchema.Fields(() => HeadersFields.Schema),
        "Header rules; they apply after the site's."
    );

    public static readonly Field CacheControl = new("cache_control", TypeSchema.Text, "The value of Cache-Control on every response.")
    {
        Example = "public, max-age=3600",
    };

    public static readonly Field Log = new("log", LogFields.Type, "The access log of this route; the site's unless written.")
    {
        Example = "off",
    };

    public static readonly Field Raw = new(
        "raw",
        new TypeSchema.Fields(() => RawFields.Schema),
        "Lines for single programs, where the route does its work."
    );

    public static readonly Field Timeouts = new(
        "timeouts",
        new TypeSchema.Fields(() => TimeoutsFields.Schema),
        "The longest waits on the upstream."
    );

    public static readonly SizeField MaxBody = new(
        "max_body",
        "Longest request body; `0` is unlimited, over it 413.",
        Model.Routes.Route.DefaultMaxBody,
        0
    );

    public static readonly Field WebSocket = new(
        "websocket",
        new TypeSchema.AnyOf(new TypeSchema.Choice("auto"), TypeSchema.Boolean),
        "`true`: upgrades pass, and the connection may idle for an hour. `auto`: they pass, with the route's ordinary timeouts. "
            + "`false`: they don't."
    )
    {
        Default = "auto",
    };

    public static readonly Field Errors = new(
        "errors",
        new TypeSchema.Fields(() => ErrorsFields.Schema),
        "Responses for the proxy's own errors, whose bodies are empty otherwise."
    );

    public static readonly Field RateLimit = new(
        "rate_limit",
        OrOff(() => RateLimitFields.Schema),
        "Requests allowed in a time; over it 429."
    );

    public static readonly Field BasicAuth = new(
        "basic_auth",
        OrOff(() => BasicAuthFields.Schema),
        "User names and passwords (RFC 7617); without valid ones 401."
    );

    public static readonly Field Allow = new("allow", _addresses, "Client addresses that may, after `trusted_proxies`; others get 403.")
    {
        Example = "[10.0.0.0/8]",
    };

    public static readonly Field Deny = new("deny", _addresses, "Client addresses that may not, even if allowed: 403.")
    {
        Example = "[192.0.2.0/24]",
    };

    public static readonly WordField<bool> Satisfy = new(
        "satisfy",
        "With `any` clients that `allow` and `deny` let pass are not asked for credentials, and others need them, by `basic_auth` or by "
            + "`forward_auth`, instead of getting 403. With `all` every guard must pass.",
        false,
        [("all", false), ("any", true)]
    );

    public static readonly Field ForwardAuth = new(
        "forward_auth",
        OrOff(() => ForwardAuthFields.Schema),
        "A server that is asked about each request; 2xx passes, anything else is relayed."
    );

    public static readonly Field Cors = new(
        "cors",
        OrOff(() => CorsFields.Schema),
        "Cross-origin resource sharing; the proxy responds to preflights."
    );

    /// <summary>The fields that a route with <c>proxy</c> or <c>fastcgi</c> has.</summary>
    public static readonly IReadOnlyList<Field> OfFastCgi = [FilesFirst, Sse, FlushInterval, RewriteResponse];

    /// <summary>The fields that only a proxied route has.</summary>
    public static readonly IReadOnlyList<Field> OfProxy = [.. OfFastCgi, Host, Transparent, ReplacePrefix, AddPrefix, Rewrite];

    /// <summary>The fields that stand in the defaults, at sites and at routes.</summary>
    public static readonly IReadOnlyList<Field> Everywhere = [Timeouts, MaxBody, WebSocket];

    private static readonly Field[] _guards = [RateLimit, BasicAuth, Allow, Deny, Satisfy, ForwardAuth, Cors];

    /// <summary>The fields that stand at sites and at routes.</summary>
    public static readonly IReadOnlyList<Field> OfSite = [.. Everywhere, Errors, .. _guards];

    public static readonly ObjectSchema Schema = new(
        "route",
        "What a site does with the requests that match.",
        [
            Path,
            Exact,
            Regex,
            Match,
            Proxy,
            Respond,
            Files,
            Redirect,
            FastCgi,
            FilesFirst,
            Sse,
            StripPrefix,
            ReplacePrefix,
            AddPrefix,
            Rewrite,
            RewriteResponse,
            Transparent,
            Host,
            FlushInterval,
            Headers,
            CacheControl,
            Log,
            Raw,
            FragmentFields.Use,
            .. OfSite,
        ]
    )
    {
        OneIsRequired = ["proxy", "respond", "files", "redirect", "fastcgi"],
        NotBeside = RouteExclusions.Of([.. OfProxy.Select(f => f.Name)], [.. OfProxy.Except(OfFastCgi).Select(f => f.Name)]),
        Refuses = RouteExclusions.HeadersTwice,
    };

    private static TypeSchema.AnyOf OrOff(Func<ObjectSchema> schema) => new(new TypeSchema.Fields(schema), new TypeSchema.Choice("off"));
}
