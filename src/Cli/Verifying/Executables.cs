namespace Confgen.Cli.Verifying;

/// <summary>Finds installed programs.</summary>
internal static class Executables
{
    // Servers are installed where an ordinary user's PATH doesn't look.
    private static readonly string[] _systemFolders =
    [
        "/usr/sbin",
        "/usr/local/sbin",
        "/sbin",
        "/usr/bin",
        "/usr/local/bin",
        "/opt/homebrew/bin",
        "/usr/local/nginx/sbin",
    ];

    /// <summary>The absolute name of a program, or null.</summary>
    public static string? Find(string name, Func<string, string?> variable)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        string[] folders = (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders
            .Where(Path.IsPathFullyQualified)
            .Concat(_systemFolders)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
