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
    private static readonly string? _published = Environment.GetEnvironmentVariable("CONFGEN_PROGRAM") is { Length: > 0 } program
        ? Path.GetFullPath(program)
        : null;

    private static readonly string _built =
        typeof(ServeProxy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ConfgenProgram").Value ?? "";

    public string Name => "serve";

    public string? Missing => File.Exists(_published ?? _built) ? null : $"{_published ?? _built} was not built";

    public PreparedProxy Prepare(Compilation compiled) =>
        new(compiled.Spec ?? throw new InvalidOperationException("the spec has errors"), [], []);

    // It watches its spec, which has changed by now.
    public Task ReloadAsync(PreparedProxy prepared, Place place, int process, CancellationToken stop) =>
        ProxyProcess.SignalAsync(process, "HUP");

    /// <summary>Starts <c>confgen tunnel</c> on the spec, and returns when it is connected to the portal.</summary>
    public static Task<ProxyProcess> StartBridgeAsync(Place place, CancellationToken stop) =>
        ProxyProcess.StartAsync(Call("tunnel", place.Spec), [], stop, "connected");

    public async Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        var start = Call("serve", place.Spec, "--state", place.Folder);
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

    // The published program that CONFGEN_PROGRAM names, or the one that was built.
    private static ProcessStartInfo Call(params string[] arguments) =>
        _published is not null
            ? new ProcessStartInfo(_published, arguments)
            : new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [_built, .. arguments]);
}
