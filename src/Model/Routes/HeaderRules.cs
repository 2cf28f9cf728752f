namespace Confgen.Model.Routes;

/// <summary>Header rules in both directions.</summary>
public sealed record HeaderRules : SpecNode
{
    /// <summary>On the request, before it goes to the upstream.</summary>
    public HeaderEdits Request { get; init; } = new();

    /// <summary>On every response of the route, the proxy's own errors included, or on those that succeed.</summary>
    public HeaderEdits Response { get; init; } = new();
}
