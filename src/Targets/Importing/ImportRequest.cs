using Confgen.Compiler.Files;

namespace Confgen.Targets.Importing;

/// <summary>What is to be imported.</summary>
/// <param name="Files">The names of the files, as the user gave them, with their texts.</param>
/// <param name="FileSystem">The files that these may include.</param>
/// <param name="Folders">Where folders that the source names are here: <c>/etc/nginx</c> to <c>./conf</c>.</param>
public sealed record ImportRequest(
    IReadOnlyList<(string Name, string Text)> Files,
    IFileSystem FileSystem,
    IReadOnlyList<(string From, string To)> Folders
)
{
    /// <summary>The variables of the environment in which the program would read its configuration.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>The name on this machine of a file that the configuration names.</summary>
    public string Here(string name)
    {
        foreach ((string from, string to) in Folders.OrderByDescending(f => f.From.Length))
        {
            string folder = from.TrimEnd('/');
            if (name.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                return to.TrimEnd('/') + name[folder.Length..];
            }
        }

        return name;
    }
}
