using Confgen.Compiler.Files;
using Confgen.Files;
using Confgen.Targets;

namespace Confgen.Cli.Compiling;

/// <summary>The templates in force: those of the user's folder, then the built-in ones.</summary>
/// <param name="files">The files.</param>
/// <param name="folder">The user's folder, or null.</param>
internal sealed class TemplateSource(IFileSystem files, string? folder)
{
    private const int LargestTemplate = 4 * 1024 * 1024;

    /// <summary>A template's text by its name, as <c>nginx/nginx.conf.scriban</c>; null where there is none.</summary>
    public string? Find(string name)
    {
        if (folder is null || Path.Combine(folder, name) is var path && files.KindOf(path) == FileKind.Missing)
        {
            return EmbeddedTemplates.Find(name);
        }

        return files.ReadText(path, LargestTemplate);
    }

    /// <summary>Why a folder can't be one of templates; null where it can.</summary>
    public string? Fault()
    {
        if (folder is null)
        {
            return null;
        }

        return !files.DirectoryExists(folder) ? $"there is no folder '{folder}'"
            : EmbeddedTemplates.Names.Any(name => files.FileExists(Path.Combine(folder, name))) ? null
            : $"no file in '{folder}' has the name of a built-in template, as {string.Join(" or ", EmbeddedTemplates.Names.Take(2))}";
    }
}
