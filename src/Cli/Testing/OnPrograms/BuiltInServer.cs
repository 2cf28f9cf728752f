using Confgen.Model;
using Confgen.Runtime;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>The built-in proxy of <c>confgen serve</c>.</summary>
internal sealed class BuiltInServer : IRunningServer
{
    /// <summary>Its name beside those of the targets.</summary>
    public const string Name = "serve";

    private readonly ProxyServer _server;

    private BuiltInServer(ProxyServer server) => _server = server;

    /// <inheritdoc/>
    public string? Ended => null;

    /// <summary>Starts it. An <see cref="IOException"/> tells why it doesn't.</summary>
    public static async Task<BuiltInServer> StartAsync(Spec spec, string folder)
    {
        var server = new ProxyServer(new ProxyOptions { StateDirectory = folder });
        IReadOnlyList<StartFailure> failures = await server.ServeAsync(spec);
        if (failures.Count == 0)
        {
            return new BuiltInServer(server);
        }

        await server.DisposeAsync();
        throw new IOException(string.Join("; ", failures.Select(f => f.At.IsSome ? $"{f.At}: {f.Message}" : f.Message)));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
