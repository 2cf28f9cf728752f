namespace Confgen.Model.Routes;

/// <summary>
/// The connection is closed without a response, as nginx's 444 and Caddy's <c>abort</c> do; over HTTP/2 and HTTP/3, where other requests
/// share it, the request's stream alone is reset.
/// </summary>
public sealed record CloseAction : RouteAction
{
    /// <summary>The word that stands for it in the spec.</summary>
    public const string Word = "close";

    /// <summary>The status that access logs have for it: nginx's.</summary>
    public const int LoggedStatus = 444;

    /// <inheritdoc/>
    public override string Field => "respond";
}
