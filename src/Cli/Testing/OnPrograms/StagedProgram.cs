using System.Net;
using System.Net.Sockets;
using Confgen.Cli.Verifying;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Rules;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>Starts programs that serve a staged spec, or a staged configuration of their own.</summary>
internal static class StagedProgram
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Starts a program, and waits until it listens. An <see cref="IOException"/> or a <see cref="NotServedException"/> tells why it
    /// doesn't.
    /// </summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="compilation">What the spec was compiled by.</param>
    /// <param name="name">A target's name, or <c>serve</c>.</param>
    /// <param name="staged">The spec.</param>
    /// <param name="folder">A private folder.</param>
    public static async Task<IRunningServer> StartAsync(
        CliEnvironment surroundings,
        Compilation compilation,
        string name,
        Spec staged,
        TemporaryFolder folder
    )
    {
        IRunningServer server =
            name == BuiltInServer.Name
                ? await BuiltInServer.StartAsync(staged, folder.Path)
                : Start(surroundings, name, Rendered(surroundings, compilation, name, staged), folder, executable: null);
        IEnumerable<IPEndPoint> places = Listeners
            .Of(staged)
            .Where(l => l.Address.SocketPath is null)
            .Select(l => new IPEndPoint(IPAddress.Parse(l.Address.Address ?? "127.0.0.1"), l.Address.Port));
        try
        {
            await WaitAsync(surroundings, server, places);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a program with files of its own language.</summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="name">A target's name.</param>
    /// <param name="files">The files, the main one first.</param>
    /// <param name="folder">A private folder.</param>
    /// <param name="executable">The program's file; the installed one unless given.</param>
    public static ExternalProgram Start(
        CliEnvironment surroundings,
        string name,
        IReadOnlyList<RenderedFile> files,
        TemporaryFolder folder,
        string? executable
    )
    {
        IServingProgram program = surroundings.Programs().OfType<IServingProgram>().First(p => p.Target == name);
        folder.Write(files);
        ProgramCall call = program.Serve(folder.Path, files);
        folder.Write(call.Files);
        return ExternalProgram.Start(
            executable
                ?? Executables.Find(program.Executable, surroundings.Variable)
                ?? throw new IOException($"{program.Executable} is not installed here"),
            call,
            folder.Path
        );
    }

    /// <summary>Waits until every listener takes connections. An <see cref="IOException"/> tells why one doesn't.</summary>
    public static async Task WaitAsync(CliEnvironment surroundings, IRunningServer server, IEnumerable<IPEndPoint> places)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(surroundings.Stopping);
        limit.CancelAfter(_patience);
        foreach (IPEndPoint place in places)
        {
            await WaitAsync(surroundings, server, place, limit.Token);
        }
    }

    private static async Task WaitAsync(CliEnvironment surroundings, IRunningServer server, IPEndPoint place, CancellationToken limit)
    {
        while (!await ListensAsync(place))
        {
            if (server.Ended is { } ended)
            {
                throw new IOException(ended);
            }

            if (limit.IsCancellationRequested)
            {
                surroundings.Stopping.ThrowIfCancellationRequested();
                throw new IOException($"it does not listen within {_patience.TotalSeconds:0} s");
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    private static IReadOnlyList<RenderedFile> Rendered(CliEnvironment surroundings, Compilation compilation, string name, Spec staged)
    {
        ITarget target = surroundings.Targets().First(t => t.Name == name);
        RenderResult rendered = compilation.With(staged).Render(target, Layout.Complete, singleFile: true);
        return rendered.Files.Count > 0
            ? rendered.Files
            : throw new NotServedException([.. rendered.Diagnostics.Where(d => d.Severity == Severity.Error)]);
    }

    private static async Task<bool> ListensAsync(IPEndPoint place)
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await probe.ConnectAsync(place);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
