namespace Confgen.Runtime.Transport;

/// <summary>A connection that carries several requests at a time.</summary>
internal interface IServedConnection
{
    /// <summary>Serves it to its end.</summary>
    Task RunAsync();

    /// <summary>Takes no further request, and ends it when those under way are over.</summary>
    Task LeaveAsync();

    /// <summary>Ends it at once, so that what is cut doesn't look whole.</summary>
    void Cut();
}
