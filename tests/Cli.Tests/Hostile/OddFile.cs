using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>Puts something at a path that is not the file that is expected there.</summary>
internal static partial class OddFile
{
    /// <summary>Everything that may stand where a file is expected; a small regular file is none of it.</summary>
    public static readonly string[] Kinds =
    [
        "fifo",
        "zero",
        "null",
        "socket",
        "folder",
        "huge",
        "unreadable",
        "link to a fifo",
        "loop",
        "missing",
    ];

    public static void Make(string kind, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        switch (kind)
        {
            case "fifo":
                Assert.Equal(0, MakeFifo(path, 0x1B6));
                break;
            case "zero":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "null":
                File.CreateSymbolicLink(path, "/dev/null");
                break;
            case "socket":
                MakeSocket(path);
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "huge":
                using (FileStream sparse = File.Create(path))
                {
                    sparse.SetLength(1L << 40);
                }

                break;
            case "unreadable":
                // To root every file is readable; then it is an empty one.
                File.WriteAllText(path, "");
                File.SetUnixFileMode(path, UnixFileMode.None);
                break;
            case "link to a fifo":
                Assert.Equal(0, MakeFifo(path + ".fifo", 0x1B6));
                File.CreateSymbolicLink(path, path + ".fifo");
                break;
            case "loop":
                File.CreateSymbolicLink(path, path + ".back");
                File.CreateSymbolicLink(path + ".back", path);
                break;
            case "missing":
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of file");
        }
    }

    // A socket's name has at most 107 bytes: it is bound in the folder of temporary files and moved.
    private static void MakeSocket(string path)
    {
        string bound = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(bound));
        File.Move(bound, path);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
