using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Fixing;

/// <summary>Follows the advice of diagnostics that have only one way out, and writes the files of the spec anew.</summary>
internal static class SpecFixer
{
    // Advice may lead on to other advice, as from a foreign key to the form of its value.
    private const int MostRounds = 8;

    /// <summary>Applies edits until nothing is left that has one.</summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="host">The compiler.</param>
    /// <param name="input">The spec; a file.</param>
    /// <returns>How many diagnostics were followed.</returns>
    public static int Fix(CliEnvironment surroundings, CompilerHost host, SpecInput input)
    {
        int all = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            Compilation compilation = input.Compile(host, surroundings);
            ValueList<TextEdit>[] fixes =
            [
                .. compilation.Diagnostics.Where(d => d.Severity > Severity.Info && d.Fix.Count > 0).Select(d => d.Fix),
            ];
            var changed = new List<OutputFile>();
            int followed = 0;
            foreach (SourceText source in compilation.Sources.Values)
            {
                string text = SourceEdits.Apply(source, fixes, out int applied);
                if (text != source.Text)
                {
                    followed += applied;
                    changed.Add(FileOf(surroundings, source.File, text));
                }
            }

            if (changed.Count == 0)
            {
                break;
            }

            new OutputTransaction(surroundings.Clock).Write(changed);
            all += followed;
        }

        return all;
    }

    // The file behind a link is what its author means: it is rewritten where it is.
    private static OutputFile FileOf(CliEnvironment surroundings, string name, string text)
    {
        string full = surroundings.FullPath(name);
        string real = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        var root = new OutputRoot(Path.GetDirectoryName(real) ?? surroundings.Directory, Path.GetDirectoryName(name) ?? "");
        return new OutputFile(root, Path.GetFileName(real), Encoding.UTF8.GetBytes(text), HoldsSecrets: false);
    }
}
