using System.Runtime.InteropServices;
using System.Text;
using Confgen.Cli;

// The only place that touches the console, the environment and the clock: everything else is handed what it needs.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 16 * 1024);
using var error = new StreamWriter(Console.OpenStandardError(), utf8, bufferSize: 1024) { AutoFlush = true };
using var stopping = new CancellationTokenSource();
var deadline = new EndDeadline(Environment.Exit);

// The first signal ends everything in good order, within a time; a second one ends the process at once.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stopping.IsCancellationRequested;
    deadline.Begin();
    stopping.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return CommandLine.Run(
    args,
    new CliEnvironment
    {
        Out = output,
        Error = TextWriter.Synchronized(error),
        Input = Console.OpenStandardInput,
        InputIsTerminal = new Lazy<bool>(() => !Console.IsInputRedirected),
        OutTerminal = new Terminal(new Lazy<bool>(() => !Console.IsOutputRedirected), Width, Environment.GetEnvironmentVariable),
        ErrorTerminal = new Terminal(new Lazy<bool>(() => !Console.IsErrorRedirected), Width, Environment.GetEnvironmentVariable),
        Variable = Environment.GetEnvironmentVariable,
        Directory = Environment.CurrentDirectory,
        Clock = TimeProvider.System,
        Stopping = stopping.Token,
        Deadline = deadline,
    }
);

static int Width() => Console.IsOutputRedirected && Console.IsErrorRedirected ? 0 : Console.WindowWidth;
