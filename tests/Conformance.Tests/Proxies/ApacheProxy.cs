using System.Diagnostics;
using Confgen.Compiler.Rendering;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>The installed Apache httpd.</summary>
internal sealed class ApacheProxy() : RenderedProxy("apache", "-v", "apache2")
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Many fields are still unsupported, so that a case tries what can be built.</summary>
    public override bool MayRefuse => true;

    protected override ProcessStartInfo Command(string program, IReadOnlyList<RenderedFile> files, Place place)
    {
        // Started by root, it handles requests as another user, who must reach the files and sockets of the case.
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Path.GetDirectoryName(place.Folder) is { } stage)
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(stage, "*", SearchOption.AllDirectories).Prepend(stage))
            {
                File.SetUnixFileMode(path, Everybody);
            }
        }

        return new ProcessStartInfo(
            program,
            [
                "-DFOREGROUND",
                "-d",
                place.Folder,
                "-f",
                Path.Combine(place.Folder, files[0].Path),
                "-C",
                $"DefaultRuntimeDir \"{place.Folder}\"",
                "-c",
                $"PidFile \"{place.Folder}/httpd.pid\"",
                "-c",
                "ErrorLog /dev/stderr",
                // One process: each keeps connections of its own.
                "-c",
                "ServerLimit 1",
                "-c",
                "StartServers 1",
                "-c",
                "ThreadsPerChild 128",
                "-c",
                "MaxRequestWorkers 128",
            ]
        );
    }
}
