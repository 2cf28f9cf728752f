using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

internal sealed partial class RouteBuilder
{
    /// <summary>
    /// Whether the redirect to a directory is written out: before 2.8 Caddy's own forgets the query. In 2.7 it can't be, since what a regex
    /// finds in the raw target was expanded there: a client would read the environment.
    /// </summary>
    private bool RedirectsItself(FilesAction files) =>
        texts.Version < ExpandsTargetsSince
        && files.Index.Count > 0
        && (files.Try.Count == 0 || files.Try[0].Parts is [{ Literal: null, Placeholder: Placeholder.Path }]);

    /// <summary>Whether a constant snippet does the same. No argument of an import may hold a line break.</summary>
    private static bool IsUsual(FilesAction files) =>
        files is { Browse: false, Precompressed.Count: 0, Index: ["index.html"], Try: [] or [_, _] }
        && !files.Root.Contains('\n', StringComparison.Ordinal)
        && (
            files.Try.Count == 0
            || (
                files.Try[0].Parts is [{ Literal: null, Placeholder: Placeholder.Path }]
                && !files.Try[1].Parts.Any(static part => part.Literal?.Contains('\n', StringComparison.Ordinal) == true)
            )
        );

    private FilesView Files(Route route, FilesAction files) =>
        new()
        {
            Root = texts.Value(files.Root, route.At.Of(RouteFields.Files)),
            Index = string.Join(' ', files.Index.Select(name => texts.Value(name, route.At.Of(RouteFields.Files)))),
            Try =
                files.Try.Count == 0
                    ? null
                    : string.Join(' ', files.Try.Select(path => texts.FilePath(path, route.At.Of(RouteFields.Files)))),
            Browse = files.Browse,
            IsUsual = imports && IsUsual(files),
            Page = files.Try is [_, var page] ? texts.FilePath(page, route.At.Of(RouteFields.Files)) : null,
            Redirects = RedirectsItself(files)
                ? string.Join(
                    ' ',
                    files.Index.Select(name =>
                        texts.FilePath(
                            new TextTemplate([new TemplatePart(null, Placeholder.Path), new TemplatePart("/" + name)]),
                            route.At.Of(RouteFields.Files)
                        )
                    )
                )
                : "",
            LooksFirst = texts.Version >= RedirectsFilesSince,
            SaysVary = texts.Version >= FilesVarySince && files.Precompressed.Count == 0,
            Precompressed = files.Precompressed.Count == 0 ? null : Precompressed(files),
        };

    /// <summary>The arguments of <c>precompressed</c>.</summary>
    public static string Precompressed(FilesAction files) =>
        string.Join(
            ' ',
            files.Precompressed.Select(static coding =>
                coding switch
                {
                    ContentCoding.Brotli => "br",
                    ContentCoding.Zstd => "zstd",
                    _ => "gzip",
                }
            )
        );
}
