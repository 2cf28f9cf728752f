using System.Runtime.CompilerServices;

namespace Confgen.Cli.Tests.World;

/// <summary>The project's own files.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    private static string Here([CallerFilePath] string path = "") => path;
}
