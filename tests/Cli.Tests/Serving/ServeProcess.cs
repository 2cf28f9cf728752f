using System.Diagnostics;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary><c>confgen serve</c> as a process of its own. In the spec, PORT stands for its port and PORT2 for another.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _said = [];

    private readonly bool _ownsSession;

    private ServeProcess(Session session, Process process, int port, int port2, bool ownsSession)
    {
        (Session, _process, Port, Port2, _ownsSession) = (session, process, port, port2, ownsSession);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_said)
            {
                _said.Add(line.Data ?? "");
            }
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public Session Session { get; }

    public int Port { get; }

    public int Port2 { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has said so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>Starts it, and waits until it serves.</summary>
    public static async Task<ServeProcess> StartAsync(string spec, params string[] arguments)
    {
        ServeProcess served = Start(new Session(), "confgen.yaml", spec, arguments, ownsSession: true);
        await served.SaysAsync("confgen: serving");
        return served;
    }

    public static ServeProcess Start(
        Session session,
        string file,
        string spec,
        string[]? arguments = null,
        bool ownsSession = false,
        string verb = "serve"
    )
    {
        (int port, int port2) = (FreePort.Next(), FreePort.Next());
        session.With(file, Fill(spec, port, port2));
        return new ServeProcess(
            session,
            Installed.Start(session.Folder, [verb, file, .. (arguments ?? []).Select(a => Fill(a, port, port2))]),
            port,
            port2,
            ownsSession
        );
    }

    /// <summary>Starts another process of the same call, with a spec of its own at the same ports.</summary>
    public ServeProcess Next(string file, string spec, params string[] arguments)
    {
        Session.With(file, Fill(spec, Port, Port2));
        return new ServeProcess(
            Session,
            Installed.Start(Session.Folder, ["serve", file, .. arguments.Select(a => Fill(a, Port, Port2))]),
            Port,
            Port2,
            ownsSession: false
        );
    }

    /// <summary>Starts it by another program, which gets its call behind its own arguments, or with variables of the environment.</summary>
    public static ServeProcess StartBy(Session session, string spec, string[] launcher, params (string Name, string Value)[] variables)
    {
        (int port, int port2) = (FreePort.Next(), FreePort.Next());
        session.With("confgen.yaml", Fill(spec, port, port2));
        System.Diagnostics.ProcessStartInfo call = Installed.Call(session.Folder, "serve", "confgen.yaml");
        if (launcher.Length > 0)
        {
            string[] rest = [.. launcher.Skip(1).Select(a => Fill(a, port, port2)), call.FileName, .. call.ArgumentList];
            call.FileName = launcher[0];
            call.ArgumentList.Clear();
            Array.ForEach(rest, call.ArgumentList.Add);
        }

        foreach ((string name, string value) in variables)
        {
            call.Environment[name] = value;
        }

        return new ServeProcess(session, Process.Start(call)!, port, port2, ownsSession: false);
    }

    /// <summary>Waits until it has said something, so many times.</summary>
    public async Task SaysAsync(string text, int times = 1) =>
        await Until.TrueAsync(
            () => Said.Split(text).Length > times || (HasExited && Said.Split(text).Length <= times && Fail(text)),
            () => $"it never said '{text}' {times} times, but: {Said}"
        );

    /// <summary>Puts another spec in the place of the one that is served.</summary>
    public void Write(string spec, string file = "confgen.yaml")
    {
        // By a rename, as editors do.
        Session.With(file + ".new", Fill(spec, Port, Port2));
        File.Move(Session.PathOf(file + ".new"), Session.PathOf(file), overwrite: true);
    }

    public async Task SignalAsync(string name) => await Tool.RunAsync("kill", "-" + name, $"{Id}");

    /// <summary>Waits for its end; gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (_ownsSession)
        {
            Session.Dispose();
        }
    }

    private bool Fail(string text)
    {
        Assert.Fail($"it ended before it said '{text}': {Said}");
        return true;
    }

    private static string Fill(string text, int port, int port2) => text.Replace("PORT2", $"{port2}").Replace("PORT", $"{port}");
}
