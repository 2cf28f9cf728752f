namespace Confgen.Cli.Output;

/// <summary>What became of a file of the output.</summary>
/// <param name="Path">Its name as the caller would give it.</param>
/// <param name="State"><c>written</c>, <c>unchanged</c>; under <c>--check</c> and <c>--diff</c> <c>missing</c> or <c>differs</c>.</param>
internal sealed record ReportedFile(string Path, string State);
