using System.CommandLine;

namespace Confgen.Cli.Commands;

/// <summary>A verb of the command line, with calls that show its use.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Calls, each with what it does; shown by <c>--help</c> and in the manual page.</summary>
    public IReadOnlyList<VerbExample> Examples { get; init; } = [];
}
