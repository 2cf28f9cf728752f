using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A location block.</summary>
[TemplateView]
internal sealed partial record LocationView
{
    /// <summary>What the location is for, each line with a <c>#</c>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>What stands before its brace: <c>/</c>, <c>~ ^/api(?:/|\z)</c>, <c>@api</c>.</summary>
    public required string Matcher { get; init; }

    /// <summary>Whether clients can't ask for it.</summary>
    public bool Internal { get; init; }

    /// <summary>The arguments of <c>access_log</c>; null for the inherited.</summary>
    public string? AccessLog { get; init; }

    /// <summary>The variable with the route's name, and the name, where a log has it; else null.</summary>
    public HeaderView? LoggedRoute { get; init; }

    /// <summary>The longest request body, where it differs from the common one.</summary>
    public string? MaxBody { get; init; }

    /// <summary>Requests that are refused at once.</summary>
    public IReadOnlyList<RefusalView> Refusals { get; init; } = [];

    /// <summary>Whole directives that guard it: addresses, credentials, rate.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];

    /// <summary>The server that is asked about each request; or null.</summary>
    public AuthRequestView? AuthRequest { get; init; }

    /// <summary>Whether an error's own answer may have an error's answer.</summary>
    public bool RecursiveErrors { get; init; }

    /// <summary>The arguments of each <c>error_page</c>; none where the inherited ones hold.</summary>
    public IReadOnlyList<string> ErrorPages { get; init; } = [];

    /// <summary>Headers on every answer; none where the inherited ones hold.</summary>
    public IReadOnlyList<HeaderView> ResponseHeaders { get; init; } = [];

    /// <summary>Headers of the upstream that are not passed; none where the inherited ones hold.</summary>
    public IReadOnlyList<string> HiddenHeaders { get; init; } = [];

    /// <summary>Whole directives of other modules.</summary>
    public IReadOnlyList<string> Extras { get; init; } = [];

    /// <summary>Whether answers are never compressed here although the server compresses.</summary>
    public IReadOnlyList<string> NoCompression { get; init; } = [];

    /// <summary>The named location that answers what the guards here let pass; or null.</summary>
    public string? Dispatch { get; init; }

    /// <summary>A fixed answer; or null.</summary>
    public ReturnView? Return { get; init; }

    /// <summary>Files that are served; or null.</summary>
    public FilesView? Files { get; init; }

    /// <summary>How the request is forwarded; or null.</summary>
    public ProxyView? Proxy { get; init; }

    /// <summary>The same without a Content-Type of nginx's own.</summary>
    public LocationView WithoutType() => this with
    {
        Return = Return is { Type: not null } own ? own with { Type = "\"\"", DropsTypes = true } : Return,
        Files = Files is null ? null : Files with { Type = "\"\"", DropsTypes = true },
    };
}
