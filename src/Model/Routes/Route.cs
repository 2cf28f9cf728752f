using Confgen.Model.Guards;
using Confgen.Model.Raw;
using Confgen.Model.Sites;
using Confgen.Model.Templates;

namespace Confgen.Model.Routes;

/// <summary>What a site does with the requests that match, with everything that it inherits already applied.</summary>
public sealed record Route : SpecNode
{
    /// <summary>The default of <see cref="MaxBody"/>: 100 MB.</summary>
    public const long DefaultMaxBody = 100_000_000;

    /// <summary>Which paths it takes.</summary>
    public required PathMatcher Path { get; init; }

    /// <summary>Further conditions; a route whose conditions fail is passed over.</summary>
    public RouteConditions Match { get; init; } = new();

    /// <summary>What answers.</summary>
    public required RouteAction Action { get; init; }

    /// <summary>How the target is rewritten on its way to the upstream or the files; null leaves every byte alone.</summary>
    public PathRewrite? Rewrite { get; init; }

    /// <summary>Whether the route asserts that the target is forwarded byte for byte; default false.</summary>
    public bool Transparent { get; init; }

    /// <summary>The route's own header rules. They apply after the site's; see <see cref="Site.Headers"/>.</summary>
    public HeaderRules Headers { get; init; } = new();

    /// <summary>The value of Cache-Control on every response; the upstream's unless written.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The route's access log; the site's unless written.</summary>
    public AccessLog? Log { get; init; }

    /// <summary>Longest request body in bytes, default <see cref="DefaultMaxBody"/>; 0 is unlimited. Over it 413.</summary>
    public long MaxBody { get; init; } = DefaultMaxBody;

    /// <summary>Pages for the proxy's own errors.</summary>
    public ErrorRules Errors { get; init; } = new();

    /// <summary>Requests allowed in a time; unlimited unless written.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>User names and passwords (RFC 7617); none unless written.</summary>
    public BasicAuth? BasicAuth { get; init; }

    /// <summary>Client addresses that may and may not; everyone unless written.</summary>
    public AddressAccess Access { get; init; } = new();

    /// <summary>A server that is asked about each request; none unless written.</summary>
    public ForwardAuth? ForwardAuth { get; init; }

    /// <summary>Cross-origin resource sharing; none unless written.</summary>
    public Cors? Cors { get; init; }

    /// <summary>Lines for single programs; none unless written.</summary>
    public RawTexts Raw { get; init; } = new();

    /// <summary>Whether the route is guarded: by address, credentials, rate or an auth server.</summary>
    public bool IsGuarded => RateLimit is not null || BasicAuth is not null || ForwardAuth is not null || !Access.IsOpen;

    /// <summary>Whether clients of allowed addresses need no credentials, and others do instead of being refused.</summary>
    public bool AddressIsEnough => Access is { IsEnough: true, Allow.Count: > 0 } && (BasicAuth is not null || ForwardAuth is not null);

    /// <summary>The action where it is a proxy; else null.</summary>
    public ProxyAction? Proxy => Action as ProxyAction;

    /// <summary>What it writes into Location itself: where it redirects, and where a client is sent to sign in.</summary>
    public IEnumerable<TextTemplate> Locations => new[] { (Action as RedirectAction)?.To, ForwardAuth?.SignIn?.To }.OfType<TextTemplate>();

    /// <summary>The files that it serves, by themselves or before an upstream; null for none.</summary>
    public FilesAction? Files => Action as FilesAction ?? Proxy?.FilesFirst;
}
