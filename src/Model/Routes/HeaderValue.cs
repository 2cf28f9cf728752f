using Confgen.Model.Templates;

namespace Confgen.Model.Routes;

/// <summary>A header that a rule sets or adds.</summary>
public sealed record HeaderValue : SpecNode
{
    /// <summary>The name as written.</summary>
    public required string Name { get; init; }

    /// <summary>The value with its placeholders.</summary>
    public required TextTemplate Value { get; init; }
}
