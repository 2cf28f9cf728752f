using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Routing;

/// <summary>What stands before the action of a route.</summary>
internal interface IRouteGuards
{
    /// <summary>Asks them all. 0: the request passes; null: it got a response; else the status of the refusal.</summary>
    ValueTask<int?> AskAsync(RoutedRequest request, DeadlineWatch watch);
}
