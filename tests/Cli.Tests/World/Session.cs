using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Targets;

namespace Confgen.Cli.Tests.World;

/// <summary>A folder of its own, and calls of the program in it, through its entry point.</summary>
internal sealed class Session : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("confgen-test-").FullName;

    public Dictionary<string, string> Variables { get; } = new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };

    public IReadOnlyList<ITarget>? Targets { get; init; } = [new PlainTarget("plain"), new PlainTarget("other")];

    public IReadOnlyList<ITargetProgram>? Programs { get; init; }

    public bool IsTerminal { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Input { get; set; } = "";

    /// <summary>
    /// Calls the program: in this process, or the published one where there is one and nothing of the world is made up.
    /// </summary>
    public Said Run(params string[] arguments)
    {
        if (Installed.Published is not null && Targets is null && Programs is null && !IsTerminal && Clock == TimeProvider.System)
        {
            System.Diagnostics.ProcessStartInfo call = Installed.Call(Folder, arguments);
            call.Environment.Clear();
            foreach ((string name, string value) in Variables)
            {
                call.Environment[name] = value;
            }

            return Installed.Run(call, Input);
        }

        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(arguments, CliEnvironment(output, error));
        return new Said(code, output.ToString(), error.ToString());
    }

    public CliEnvironment CliEnvironment(TextWriter output, TextWriter error, Stream? input = null, CancellationToken stopping = default)
    {
        var terminal = new Terminal(new Lazy<bool>(() => IsTerminal), () => 100, Variables.GetValueOrDefault);
        return new CliEnvironment
        {
            Out = output,
            Error = error,
            Input = () => input ?? new MemoryStream(Encoding.UTF8.GetBytes(Input)),
            InputIsTerminal = new Lazy<bool>(() => IsTerminal),
            OutTerminal = terminal,
            ErrorTerminal = terminal,
            Variable = Variables.GetValueOrDefault,
            Directory = Folder,
            Clock = Clock,
            Stopping = stopping,
            Targets = () => Targets ?? TargetCatalogue.All,
            Programs = () => Programs ?? ProgramCatalogue.All,
        };
    }

    public Session With(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public bool Has(string name) => File.Exists(PathOf(name));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
