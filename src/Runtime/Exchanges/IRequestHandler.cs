namespace Confgen.Runtime.Exchanges;

/// <summary>Answers requests, whatever protocol they came by.</summary>
internal interface IRequestHandler
{
    /// <summary>Answers a request. Every fault of a client or an upstream ends here; none is thrown.</summary>
    ValueTask HandleAsync(Exchange exchange);

    /// <summary>A request was refused before anybody could handle it.</summary>
    void NoteRefused(int status);
}
