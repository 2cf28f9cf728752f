namespace Confgen.Targets.Importing.Proving;

/// <summary>A path that a configuration names, where clients ask for it.</summary>
/// <param name="HasTls">Whether clients speak TLS.</param>
/// <param name="Host">The host; a name that nothing else names for every host.</param>
/// <param name="Port">The port that clients connect to.</param>
/// <param name="Text">The path, the prefix or the regex.</param>
/// <param name="IsRegex">Whether it is a regex.</param>
public sealed record NamedPath(bool HasTls, string Host, int Port, string Text, bool IsRegex);
