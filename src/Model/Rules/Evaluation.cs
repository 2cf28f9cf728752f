using System.Net;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Rules;

/// <summary>What the contract says becomes of a request, as far as the spec alone decides it.</summary>
public sealed record Evaluation
{
    /// <summary>The status that the proxy itself gives; null where the upstream decides, and where there is no response.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the connection is closed without a response.</summary>
    public bool Closes { get; init; }

    /// <summary>The step that decided.</summary>
    public EvaluationStage Stage { get; init; } = EvaluationStage.Action;

    /// <summary>What decided, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The site; null where none answers.</summary>
    public Site? Site { get; init; }

    /// <summary>Why this site, in words.</summary>
    public string? SiteReason { get; init; }

    /// <summary>The route; null where none answers.</summary>
    public Route? Route { get; init; }

    /// <summary>The routes that were tried before, each with the reason why it was passed over.</summary>
    public IReadOnlyList<(Route Route, string Reason)> PassedOver { get; init; } = [];

    /// <summary>The normalised path, which routes are chosen by.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Why the built-in proxy refuses the path (400), in words: an upstream could read it as that of another route, and one of the two has
    /// a guard. Null where it doesn't.
    /// </summary>
    public string? Ambiguity { get; init; }

    /// <summary>The client's address, after trusted proxies.</summary>
    public IPAddress? Client { get; init; }

    /// <summary>What stands between the client and the response, in words: credentials, a rate, an auth server.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];

    /// <summary>The upstream that gets the request; null where none does.</summary>
    public Upstream? Upstream { get; init; }

    /// <summary>Whether a file of <c>files_first</c> may respond instead of <see cref="Upstream"/>: only the disk tells.</summary>
    public bool MayBeFile { get; init; }

    /// <summary>The raw target at the upstream.</summary>
    public string? Target { get; init; }

    /// <summary>The headers at the upstream.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UpstreamHeaders { get; init; } = [];

    /// <summary>The headers that the proxy sets on the response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    /// <summary>The names that the proxy removes from the response.</summary>
    public IReadOnlyList<string> RemovedHeaders { get; init; } = [];

    /// <summary>The body that the proxy gives; null where another gives it.</summary>
    public string? Body { get; init; }
}
