using Confgen.Compiler;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Compiling;

/// <summary>Tells whoever compiles a file that is only a part of a spec which spec it is a part of.</summary>
internal static class IncludedBy
{
    // A fragment stands beside the spec or in a folder below it.
    private const int MostFolders = 4;

    private static readonly string[] _usual = ["confgen.yaml", "confgen.yml"];

    /// <summary>What is said of a part that is not valid by itself, or has no site; null where it is no such part.</summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="host">The compiler.</param>
    /// <param name="input">The file.</param>
    /// <param name="compilation">What became of it alone.</param>
    public static Diagnostic? Find(CliEnvironment surroundings, CompilerHost host, SpecInput input, Compilation compilation) =>
        !input.IsStandardInput && RootOf(surroundings, host, surroundings.FullPath(input.Name), compilation) is { } root
            ? Described(input.Name, Path.GetRelativePath(surroundings.Directory, root))
            : null;

    /// <summary>The absolute name of the spec that includes a file which is not valid by itself, or has no site; else null.</summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="host">The compiler.</param>
    /// <param name="full">The file's absolute name.</param>
    /// <param name="compilation">What became of it alone.</param>
    public static string? RootOf(CliEnvironment surroundings, CompilerHost host, string full, Compilation compilation)
    {
        if (compilation.Spec is { Sites.Count: > 0 })
        {
            return null;
        }

        string? folder = Path.GetDirectoryName(full);
        for (int up = 0; up < MostFolders && folder is not null; up++, folder = Path.GetDirectoryName(folder))
        {
            string? root = _usual
                .Select(name => Path.Combine(folder, name))
                .Where(c => c != full && surroundings.Files.FileExists(c))
                .FirstOrDefault(c =>
                    Compilation
                        .FromFile(host, Path.GetRelativePath(surroundings.Directory, c))
                        .Sources.Keys.Any(file => surroundings.FullPath(file) == full)
                );
            if (root is not null)
            {
                return root;
            }
        }

        return null;
    }

    private static Diagnostic Described(string file, string whole) =>
        new(CallRules.Fragment, new SourceSpan(file, 1, 1, 1, 1), $"'{whole}' includes this file, which is not a whole spec by itself")
        {
            Hint = $"run 'confgen validate {whole}'",
        };
}
