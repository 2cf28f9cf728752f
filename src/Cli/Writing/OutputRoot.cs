namespace Confgen.Cli.Writing;

/// <summary>The folder that a call writes below.</summary>
/// <param name="FullPath">Its absolute name.</param>
/// <param name="Shown">Its name as the caller gave it.</param>
internal sealed record OutputRoot(string FullPath, string Shown);
