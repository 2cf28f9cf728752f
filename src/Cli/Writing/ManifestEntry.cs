namespace Confgen.Cli.Writing;

/// <summary>A file that confgen wrote.</summary>
/// <param name="Hash">The SHA-256 of its content, in lower case.</param>
/// <param name="Spec">The spec, by its name from the manifest's folder; with the tunnel's side that was asked for.</param>
/// <param name="Path">The file, by its name from the manifest's folder, with <c>/</c>.</param>
internal sealed record ManifestEntry(string Hash, string Spec, string Path);
