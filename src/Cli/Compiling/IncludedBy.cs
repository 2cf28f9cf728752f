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
    public static Diagnostic? Find(CliEnvironment surroundings, CompilerHost host, SpecInput input, Compilation compilation)
    {
        if (input.IsStandardInput || compilation.Spec is { Sites.Count: > 0 })
        {
            return null;
        }

        string full = surroundings.FullPath(input.Name);
        string? folder = Path.GetDirectoryName(full);
        for (int up = 0; up < MostFolders && folder is not null; up++, folder = Path.GetDirectoryName(folder))
        {
            foreach (
                string candidate in _usual
                    .Select(name => Path.Combine(folder, name))
                    .Where(c => c != full && surroundings.Files.FileExists(c))
            )
            {
                string whole = Path.GetRelativePath(surroundings.Directory, candidate);
                if (Compilation.FromFile(host, whole).Sources.Keys.Any(file => surroundings.FullPath(file) == full))
                {
                    return new Diagnostic(
                        CallRules.Fragment,
                        new SourceSpan(input.Name, 1, 1, 1, 1),
                        $"'{whole}' includes this file, which is not a whole spec by itself"
                    )
                    {
                        Hint = $"run 'confgen validate {whole}'",
                    };
                }
            }
        }

        return null;
    }
}
