namespace Confgen.Runtime.Tests.Support;

/// <summary>A service that responses nobody's first request before it may.</summary>
internal sealed class HeldService : IAsyncDisposable
{
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _mayAnswer = new(0);

    public HeldService() =>
        Backend = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            _arrived.Release();
            await _mayAnswer.WaitAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await c.ResponseAllAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
        });

    /// <summary>The service.</summary>
    public Backend Backend { get; }

    /// <summary>Waits until so many requests are there, each of them unanswered.</summary>
    public async Task ArrivedAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(60)), $"only {i} arrived");
        }
    }

    /// <summary>Lets so many be answered, those that are to come among them.</summary>
    public void Response(int count) => _mayAnswer.Release(count);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        _arrived.Dispose();
        _mayAnswer.Dispose();
    }
}
