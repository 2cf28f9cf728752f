namespace Confgen.Files;

/// <summary>Words for kinds of files.</summary>
public static class FileKinds
{
    /// <summary>As a message says it: <c>a FIFO</c>.</summary>
    public static string Noun(this FileKind kind) =>
        kind switch
        {
            FileKind.Regular => "a file",
            FileKind.Directory => "a folder",
            FileKind.Fifo => "a FIFO",
            FileKind.Socket => "a socket",
            FileKind.Device => "a device",
            _ => "missing",
        };
}
