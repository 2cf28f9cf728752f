using Confgen.Cli.Reference;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Cli.Compiling;

/// <summary>Makes the compiler for a call.</summary>
internal static class Compilers
{
    /// <summary>A compiler with the built-in templates, or those of a folder before them.</summary>
    /// <param name="surroundings">The world.</param>
    /// <param name="templates">The absolute name of a folder of templates, or null.</param>
    /// <param name="files">The files to read; the disk's unless given.</param>
    public static CompilerHost Create(CliEnvironment surroundings, string? templates = null, IFileSystem? files = null)
    {
        IFileSystem all = files ?? surroundings.Files;
        return new CompilerHost(
            surroundings.Targets(),
            new LazyTemplates(() => new ScribanTemplates(new TemplateSource(all, templates).Find)),
            all,
            surroundings.Variable
        )
        {
            FurtherRules = () => AllRules.ByCode,
            Clock = surroundings.Clock,
        };
    }
}
