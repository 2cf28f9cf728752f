using System.Diagnostics;
using System.Reflection;
using Confgen.Compiler;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>
/// The built-in proxy, started as a user starts it: <c>confgen serve SPEC</c> in a process of its own. What it can't do it says itself,
/// when it starts, so there is nothing to be prepared.
/// </summary>
internal sealed class ServeProxy : IProxy
{
    private static readonly string _program = typeof(ServeProxy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ConfgenProgram").Value ?? "";

    public string Name => "serve";

    public string? Missing => File.Exists(_program) ? null : $"{_program} was not built";

    public PreparedProxy Prepare(Compilation compiled) => new(compiled.Spec ?? throw new InvalidOperationException("the spec has errors"), [], []);

    // It watches its spec, which has changed by now.
    public Task ReloadAsync(PreparedProxy prepared, Place place, int process, CancellationToken stop) => ProxyProcess.SignalAsync(process, "HUP");

    /// <summary>Starts <c>confgen tunnel</c> on the spec, and returns when it is connected to the portal.</summary>
    public static Task<ProxyProcess> StartBridgeAsync(Place place, CancellationToken stop) =>
        ProxyProcess.StartAsync(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [_program, "tunnel", place.Spec]), [], stop, "connected");

    public async Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [_program, "serve", place.Spec, "--state", place.Folder]);
        if (place.DnsServer is { } dns)
        {
            start.ArgumentList.Add("--resolver");
            start.ArgumentList.Add(dns);
        }

        if (place.AdminPort is { } port)
        {
            start.ArgumentList.Add("--admin");
            start.ArgumentList.Add($"127.0.0.1:{port}");
        }

        foreach ((string name, string value) in place.Variables)
        {
            start.Environment[name] = value;
        }

        // All that it can't do it has said by then.
        return await ProxyProcess.StartAsync(start, place.Ports, stop, "confgen: serving");
    }
}
