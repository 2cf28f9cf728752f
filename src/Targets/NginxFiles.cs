using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets.Nginx;
using Confgen.Targets.Nginx.Building;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets;

/// <summary>The files of nginx's output whose text is the same for every spec of a version.</summary>
public static class NginxFiles
{
    /// <summary>Their names and texts, as they are written for a version.</summary>
    /// <param name="templates">The templates in force.</param>
    /// <param name="version">The version.</param>
    public static IReadOnlyList<RenderedFile> For(ITemplates templates, TargetVersion version)
    {
        var files = new ConstantFiles(templates, version);
        return [.. ConstantFiles.Names.Select(name => new RenderedFile(name, NginxFormatter.Format(files.Find(name).File ?? throw new InvalidOperationException(name))))];
    }

    /// <summary>The version that they are written for unless the spec names one, and the newest.</summary>
    public static (TargetVersion Usual, TargetVersion Newest) Versions { get; } = (new NginxTarget().DefaultVersion, new NginxTarget().Versions[^1]);
}
