namespace Confgen.Runtime.Forwarding;

/// <summary>What came of asking one server.</summary>
internal enum Attempt
{
    /// <summary>The answer was passed on, or nobody waits for it any more.</summary>
    Done,

    /// <summary>No byte reached the server: any other may be asked.</summary>
    NotConnected,

    /// <summary>The request was sent and nothing came back: another may be asked what is safe to ask twice.</summary>
    Lost,

    /// <summary>The request must not be sent again.</summary>
    Failed,
}
