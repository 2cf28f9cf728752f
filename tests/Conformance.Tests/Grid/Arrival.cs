using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>A request as the origin got it.</summary>
internal sealed class Arrival(string method, string target, IReadOnlyList<Field> fields)
{
    public string Method => method;

    public string Target => target;

    public IReadOnlyList<Field> Fields => fields;

    /// <summary>The body against what the client sent.</summary>
    public required PayloadCheck Body { get; init; }

    /// <summary>Why the request isn't whole or not as RFC 9112 has it; null where it is.</summary>
    public string? Fault { get; set; }

    public Framing Framing { get; set; }

    public IReadOnlyList<Field> Trailers { get; set; } = [];

    public IEnumerable<string> Values(string name) => fields.Where(f => f.Is(name)).Select(f => f.Value);
}
