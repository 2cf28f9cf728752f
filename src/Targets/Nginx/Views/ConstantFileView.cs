using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What the templates of the constant files see: nothing of a spec.</summary>
[TemplateView]
internal sealed partial record ConstantFileView
{
    /// <summary>Whether this version can pass trailers on.</summary>
    public bool Trailers { get; init; }

    /// <summary>Whether this version can pass informational responses on.</summary>
    public bool EarlyHints { get; init; }

    /// <summary>Whether some requests come from trusted proxies.</summary>
    public bool BehindProxies { get; init; }

    /// <summary>What the names of files have behind them that differ for that.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The prefix of the directives: <c>proxy</c>, or <c>grpc</c> for HTTP/2 upstreams.</summary>
    public string Family { get; init; } = "proxy";

    /// <summary>Request fields that are set; the empty value removes one.</summary>
    public IReadOnlyList<HeaderGroupView> Headers { get; init; } = [];

    /// <summary>The fields, as they stand in <c>$http_...</c>, that only a trusted proxy may send.</summary>
    public IReadOnlyList<string> TrustedNames { get; init; } = [];

    /// <summary>Media types by suffix.</summary>
    public IReadOnlyList<MediaTypeView> Types { get; init; } = [];

    /// <summary>The media types that are compressed, beside <c>text/html</c>.</summary>
    public string Compressible { get; init; } = "";
}
