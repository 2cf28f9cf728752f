using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

/// <summary>What was seen of an exchange.</summary>
internal sealed record Observation
{
    /// <summary>The requests at the upstreams, in the order of their heads.</summary>
    public required IReadOnlyList<RecordedRequest> Requests { get; init; }

    /// <summary>The response; null where there is none.</summary>
    public RawResponse? Response { get; init; }

    /// <summary>Why there is no response, or why the exchange came to a halt; null where all went well.</summary>
    public string? Trouble { get; init; }

    /// <summary>The body as the client's user gets it, after any content coding that the proxy put on.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>What came back over the upgraded connection.</summary>
    public IReadOnlyList<string> Echoes { get; init; } = [];

    /// <summary>Whether the upstreams' exchanges were ended after the client had left.</summary>
    public bool? UpstreamEnded { get; init; }

    /// <summary>The names in the server's certificate.</summary>
    public IReadOnlyList<string> CertificateNames { get; init; } = [];

    /// <summary>Whether the connection was closed after the response, where that is expected.</summary>
    public bool Closed { get; init; }

    /// <summary>What is wrong with the log; null where it is right, or was not looked at.</summary>
    public string? LogProblem { get; init; }
}
