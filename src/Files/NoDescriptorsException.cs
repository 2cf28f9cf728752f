namespace Confgen.Files;

/// <summary>A file could not be opened because the process has as many open as the system allows it.</summary>
public sealed class NoDescriptorsException : IOException
{
    /// <summary>Has the system's reason.</summary>
    public NoDescriptorsException(string message)
        : base(message) { }
}
