using Confgen.Compiler.Syntax;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>Reads <c>http.static_dir</c>: what no rule takes is looked up there, and below <c>/static/</c> once more.</summary>
internal static class FilesReader
{
    /// <summary>The routes that serve files.</summary>
    /// <param name="config">The file.</param>
    /// <param name="taken">What the rules take.</param>
    /// <param name="needed">Whether there is no other route: then a missing folder is for the binder to report.</param>
    public static IEnumerable<SyntaxNode> Routes(ConfigFile config, TakenPaths taken, bool needed)
    {
        if (taken.Everything || ConfigFile.Scalar(config.Http, "static_dir") is not { IsNull: false } folder)
        {
            yield break;
        }

        if (ConfigFile.Boolean(config.Server, "default_root") != false)
        {
            config.Report(
                ReadingRules.Differs,
                (config.Server?.Find("default_root") ?? folder).Span,
                "PyServe answers '/' with a page of its own; here it gets 404",
                "add 'default_root: false' to say so"
            );
        }

        // PyServe makes a folder that is missing, and finds nothing in it.
        if (!needed && !Path.IsPathRooted(folder.Value) && !config.HasFolder(folder))
        {
            config.Report(
                ReadingRules.Differs,
                folder.Span,
                $"there is no folder '{folder.Value}' beside this file, so no files are served"
            );
            yield break;
        }

        yield return Route("/", strips: false);
        if (!taken.Has("/static/"))
        {
            yield return Route("/static", strips: true);
        }

        MapSyntax Route(string path, bool strips) =>
            SpecNodes.Map(
                folder.Span,
                ("path", SpecNodes.Text(path, folder.Span)),
                ("files", SpecNodes.Map(folder.Span, ("root", folder), ("index", SpecNodes.List([], folder.Span)))),
                ("strip_prefix", strips ? SpecNodes.Word("true", folder.Span) : null),
                // As PyServe sends with every file.
                ("cache_control", SpecNodes.Text("public, max-age=300", folder.Span))
            );
    }
}
