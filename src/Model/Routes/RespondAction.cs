namespace Confgen.Model.Routes;

/// <summary>A fixed response, to every method.</summary>
public sealed record RespondAction : RouteAction
{
    /// <summary>The status, 200 to 599; default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body as it is: placeholders are not replaced, so that JSON needs no escapes. Empty unless written.</summary>
    public string Body { get; init; } = "";

    /// <summary>The Content-Type; default <c>text/plain; charset=utf-8</c> where there is a body.</summary>
    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    /// <inheritdoc/>
    public override string Field => "respond";
}
