using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Model.Diagnostics;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Streams;

/// <summary>A program that serves streams, with their servers.</summary>
internal sealed class StreamStage : IAsyncDisposable
{
    private static readonly string[] _streams =
    [
        "plain",
        "brief",
        "dead",
        "spare",
        "named",
        "fallback",
        "headed",
        "telling",
        "hasty",
        "lonely",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("confgen-streams-").FullName;
    private readonly Dictionary<string, int> _ports = _streams.ToDictionary(static s => s, static _ => FreePort.Next());
    private readonly StreamOrigin _a = new("A");
    private readonly StreamOrigin _b = new("B");
    private IRunningProxy? _running;

    private StreamStage(string program) => SendsVersion2 = program != "nginx";

    /// <summary>A server that ends its side first.</summary>
    public StreamOrigin Brief { get; } = new("brief", isBrief: true);

    /// <summary>A server of one connection.</summary>
    public StreamOrigin Lonely { get; } = new("L");

    /// <summary>Whether headers of version 2 are sent where none was received.</summary>
    public bool SendsVersion2 { get; }

    public string Log => _running?.Log ?? "";

    public static async Task<StreamStage> StartAsync(IProxy proxy)
    {
        var stage = new StreamStage(proxy.Name);
        string spec = Path.Combine(stage._folder, "spec.yaml");
        string text = stage.Spec();
        await File.WriteAllTextAsync(spec, text);
        Compilation compiled = Compilation.FromFile(
            new CompilerHost(TargetCatalogue.All, new ScribanTemplates(EmbeddedTemplates.Find), new DiskFileSystem(), static _ => null),
            spec
        );
        Assert.Empty(compiled.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        PreparedProxy prepared = proxy.Prepare(compiled);
        Assert.Empty(prepared.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        stage._running = await proxy.StartAsync(
            prepared,
            new Place(spec, new Dictionary<string, string>(StringComparer.Ordinal), stage._folder, [.. stage._ports.Values]),
            CancellationToken.None
        );
        return stage;
    }

    public int PortOf(string stream) => _ports[stream];

    public async Task<Socket> ConnectAsync(string stream)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, _ports[stream]);
        return client;
    }

    /// <summary>Checks that bytes reach a server, and that its words come back; with null, its name alone.</summary>
    public async Task SaysAsync(string stream, byte[] bytes, string name, string? rest, int size = int.MaxValue)
    {
        using Socket client = await ConnectAsync(stream);
        foreach (byte[] piece in size == int.MaxValue ? [bytes] : bytes.Chunk(size))
        {
            await client.SendAsync(piece);
        }

        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(name + (rest ?? Encoding.Latin1.GetString(bytes) + "END"), await ReadToEndAsync(client));
    }

    /// <summary>Checks that the connection is closed and nothing is said.</summary>
    public async Task ClosesAsync(string stream, byte[] bytes)
    {
        using Socket client = await ConnectAsync(stream);
        await client.SendAsync(bytes);
        Assert.Equal("", await ReadToEndAsync(client));
    }

    /// <summary>Checks that the connection is closed without the client's doing.</summary>
    public async Task EndsSilentAsync(string stream)
    {
        using Socket client = await ConnectAsync(stream);
        await client.SendAsync("hello"u8.ToArray());
        Assert.Equal("Ahello", await ReadToEndAsync(client));
    }

    public static async Task<string> ReadToEndAsync(Socket client) => Encoding.Latin1.GetString(await ReadAllAsync(client));

    public static async Task<byte[]> ReadAllAsync(Socket client)
    {
        var got = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await client.ReceiveAsync(buffer)) > 0)
            {
                got.Write(buffer.AsSpan(0, count));
            }
        }
        catch (SocketException)
        {
            // A reset is an end, too, for what has come.
        }

        return got.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        foreach (StreamOrigin origin in (StreamOrigin[])[_a, _b, Brief, Lonely])
        {
            await origin.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Spec() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            upstreams:
              a: tcp://127.0.0.1:{{_a.Port}}
              b: tcp://127.0.0.1:{{_b.Port}}
              spare: { servers: ["tcp://127.0.0.1:{{FreePort.Next()}}", "tcp://127.0.0.1:{{_a.Port}}"], balance: first, retries: 1 }
            streams:
              plain: { listen: "127.0.0.1:{{_ports["plain"]}}", upstream: a }
              brief: { listen: "127.0.0.1:{{_ports["brief"]}}", upstream: "tcp://127.0.0.1:{{Brief.Port}}" }
              lonely: { listen: "127.0.0.1:{{_ports["lonely"]}}", upstream: "tcp://127.0.0.1:{{Lonely.Port}}" }
              dead: { listen: "127.0.0.1:{{_ports["dead"]}}", upstream: "tcp://127.0.0.1:{{FreePort.Next()}}", timeouts: { connect: 2s } }
              spare: { listen: "127.0.0.1:{{_ports["spare"]}}", upstream: spare }
              named: { listen: "127.0.0.1:{{_ports["named"]}}", sni: { "*.b.test": b, a.test: a } }
              fallback: { listen: "127.0.0.1:{{_ports["fallback"]}}", sni: { a.test: a }, upstream: b }
              headed: { listen: "127.0.0.1:{{_ports["headed"]}}", upstream: a, proxy_protocol: { accept: true, send: v1 } }
              telling: { listen: "127.0.0.1:{{_ports["telling"]}}", upstream: a, proxy_protocol: { send: {{(
                SendsVersion2 ? "v2" : "v1"
            )}} } }
              hasty: { listen: "127.0.0.1:{{_ports["hasty"]}}", upstream: a, timeouts: { idle: 1s } }
            targets: { nginx: { modules: [stream] } }

            """
        );
}
