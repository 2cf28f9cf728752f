namespace Confgen.Files;

/// <summary>A file is larger than what it is read as can be.</summary>
/// <param name="path">The path.</param>
/// <param name="limit">The most bytes that it may have.</param>
public sealed class FileTooLargeException(string path, int limit) : IOException($"'{path}' is larger than {limit / 1024} KiB");
