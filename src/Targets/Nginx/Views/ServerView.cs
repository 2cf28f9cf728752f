using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A server block.</summary>
[TemplateView]
internal sealed partial class ServerView
{
    /// <summary>What <c>nginx/purpose</c> says a comment about; null for none.</summary>
    public string? Purpose { get; init; }

    /// <summary>The addresses that it listens on.</summary>
    public required IReadOnlyList<ListenView> Listens { get; init; }

    /// <summary>Its names; null for none.</summary>
    public string? Names { get; init; }

    /// <summary>Whether it says <c>http2 on</c>; older versions say it in <c>listen</c>.</summary>
    public bool Http2 { get; init; }

    /// <summary>Its certificate and protocol; null without TLS.</summary>
    public ServerTlsView? Tls { get; init; }

    /// <summary>Settings that the http block doesn't give it; null where it does.</summary>
    public CommonView? Common { get; init; }

    /// <summary>The size of the buffer for a request's head, where it differs from the common one.</summary>
    public string? Head { get; init; }

    /// <summary>The site's name in a log; null where nginx's own will do.</summary>
    public string? LoggedSite { get; init; }

    /// <summary>The access log; null for the inherited.</summary>
    public AccessLogView? AccessLog { get; init; }

    /// <summary>Whether media types of files are needed, and the http block doesn't have them.</summary>
    public bool HasTypes { get; init; }

    /// <summary>The variable that is 1 where the peer is a trusted proxy; null where there are none.</summary>
    public string? FromProxy { get; init; }

    /// <summary>The codings that the http block may compress by and this server doesn't; or null.</summary>
    public CompressionView? Uncompressed { get; init; }

    /// <summary>How answers are compressed; null where they are not.</summary>
    public CompressionView? Compression { get; init; }

    /// <summary>Headers on every response that no location replaces.</summary>
    public IReadOnlyList<HeaderView> ResponseHeaders { get; init; } = [];

    /// <summary>Headers of upstreams that are not passed.</summary>
    public IReadOnlyList<string> HiddenHeaders { get; init; } = [];

    /// <summary>What becomes of the Server header.</summary>
    public IReadOnlyList<ServerHeaderView> ServerHeader { get; init; } = [];

    /// <summary>Requests that are refused before a route is chosen.</summary>
    public IReadOnlyList<RefusalView> Refusals { get; init; } = [];

    /// <summary>The response to every request; null where locations answer.</summary>
    public ReturnView? Return { get; init; }

    /// <summary>The site's own lines; null for none.</summary>
    public string? Raw { get; init; }

    /// <summary>The locations.</summary>
    public IReadOnlyList<LocationView> Locations { get; init; } = [];
}
