namespace Confgen.Model.Routes;

/// <summary>
/// What a route does with a request: <see cref="ProxyAction"/>, <see cref="RespondAction"/>, <see cref="CloseAction"/>,
/// <see cref="RedirectAction"/> or <see cref="FilesAction"/>.
/// </summary>
public abstract record RouteAction : SpecNode
{
    /// <summary>The route's field that says it, as <c>proxy</c>.</summary>
    public abstract string Field { get; }
}
