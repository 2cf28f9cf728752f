namespace Confgen.Runtime.Exchanges;

/// <summary>Who wants to know that a client has left: the upstream's exchange then has no reader any more.</summary>
internal interface IClientWatcher
{
    /// <summary>The client has left. Called from any thread, at most once.</summary>
    void ClientLeft();
}
