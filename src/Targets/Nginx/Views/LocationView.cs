using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A location block.</summary>
[TemplateView]
internal sealed partial record LocationView
{
    /// <summary>What <c>nginx/purpose</c> says a comment about; null for none.</summary>
    public string? Purpose { get; init; }

    /// <summary>What stands before its brace: <c>/</c>, <c>~ ^/api(?:/|\z)</c>, <c>@api</c>.</summary>
    public required string Matcher { get; init; }

    /// <summary>Whether clients can't ask for it.</summary>
    public bool Internal { get; init; }

    /// <summary>The access log; null for the inherited.</summary>
    public AccessLogView? AccessLog { get; init; }

    /// <summary>The route's name, where a log has it; else null.</summary>
    public string? LoggedRoute { get; init; }

    /// <summary>The longest request body, where it differs from the common one.</summary>
    public string? MaxBody { get; init; }

    /// <summary>Requests that are refused at once.</summary>
    public IReadOnlyList<RefusalView> Refusals { get; init; } = [];

    /// <summary>Addresses, credentials and the rate that guard it; or null.</summary>
    public GuardsView? Guards { get; init; }

    /// <summary>The server that is asked about each request; or null.</summary>
    public AuthRequestView? AuthRequest { get; init; }

    /// <summary>Whether an error's own response may have an error's answer.</summary>
    public bool RecursiveErrors { get; init; }

    /// <summary>What answers for errors; none where the server's own holds.</summary>
    public IReadOnlyList<ErrorPageView> ErrorPages { get; init; } = [];

    /// <summary>Whether the server's own follows <see cref="ErrorPages"/>, which hide it.</summary>
    public bool RepeatsErrors { get; init; }

    /// <summary>Headers of the upstream that are not passed; none where the inherited ones hold.</summary>
    public IReadOnlyList<string> HiddenHeaders { get; init; } = [];

    /// <summary>What becomes of the Server header; none where the inherited rules hold.</summary>
    public IReadOnlyList<ServerHeaderView> ServerHeader { get; init; } = [];

    /// <summary>Whether a redirect to a path keeps it: nginx would make a URL of it.</summary>
    public bool RelativeRedirects { get; init; }

    /// <summary>The codings that the server compresses by and this location doesn't; or null.</summary>
    public CompressionView? Uncompressed { get; init; }

    /// <summary>The named location that takes what the guards here let pass; or null.</summary>
    public string? Dispatch { get; init; }

    /// <summary>The route's own lines; or null.</summary>
    public string? Raw { get; init; }

    /// <summary>A fixed response; or null.</summary>
    public ReturnView? Return { get; init; }

    /// <summary>Files that are served; or null.</summary>
    public FilesView? Files { get; init; }

    /// <summary>How the request is forwarded; or null.</summary>
    public ProxyView? Proxy { get; init; }

    /// <summary>Whether the request gets its response here, and not in one of the locations behind.</summary>
    public bool DoesWork => Proxy is not null || FastCgi is not null || Files is not null || Return is not null;

    /// <summary>How a script is run for the request; or null.</summary>
    public FastCgiView? FastCgi { get; init; }

    /// <summary>The same without a Content-Type of nginx's own.</summary>
    public LocationView WithoutType() =>
        this with
        {
            Return = Return is { Type: not null } own ? own with { Type = "\"\"", DropsTypes = true } : Return,
            Files = Files is null ? null : Files with { Type = "\"\"", DropsTypes = true },
        };
}
