using Confgen.Model.Sources;

namespace Confgen.Model;

/// <summary>A part of the spec that knows where it was written.</summary>
public abstract record SpecNode
{
    /// <summary>Where this was written. Takes no part in equality.</summary>
    public Source At { get; init; } = Source.None;
}
