namespace Confgen.Runtime.Transport;

/// <summary>Bytes both ways on a connection of one's own.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Input">What was received already, and whatever follows.</param>
internal sealed record Duplex(Connection Connection, InputBuffer Input) : IDuplex
{
    /// <inheritdoc/>
    public bool IsBroken => Input.IsBroken;

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        while (!Input.HasBytes)
        {
            if (!await Input.FillAsync())
            {
                return default;
            }
        }

        ReadOnlyMemory<byte> bytes = Input.Available;
        Input.Consume(bytes.Length);
        return bytes;
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> data) => Connection.SendAsync(data);

    /// <inheritdoc/>
    public ValueTask EndSendingAsync() => Connection.EndSendingAsync();

    /// <inheritdoc/>
    public void Abort() => Connection.Abort();

    /// <inheritdoc/>
    public void Close() => Connection.Dispose();
}
