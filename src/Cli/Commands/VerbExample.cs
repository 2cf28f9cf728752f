namespace Confgen.Cli.Commands;

/// <summary>A call as someone would type it.</summary>
/// <param name="Line">The call.</param>
/// <param name="What">What it does.</param>
internal sealed record VerbExample(string Line, string What);
