namespace Confgen.Runtime.Transport;

/// <summary>Bytes both ways: one end of what is left when HTTP is over.</summary>
internal interface IDuplex
{
    /// <summary>Whether the peer broke the connection instead of ending it.</summary>
    bool IsBroken { get; }

    /// <summary>The next bytes, valid until the next call; empty at the peer's end.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync();

    /// <summary>Sends all the bytes.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> data);

    /// <summary>Tells the peer that nothing more is sent; what it still sends can be received.</summary>
    ValueTask EndSendingAsync();

    /// <summary>Ends it so that the peer sees an error.</summary>
    void Abort();

    /// <summary>Ends it. A read that is under way ends, too.</summary>
    void Close();
}
