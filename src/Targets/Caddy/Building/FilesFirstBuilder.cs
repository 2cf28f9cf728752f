using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Builds what the templates see of <c>files_first</c>. Each path has a block of its own: Caddy's <c>try_files</c> rewrites to the path
/// that it found without escaping it, so that a <c>?</c> or a <c>%</c> in the request's part would be read once more.
/// </summary>
/// <param name="texts">Quotes for the site.</param>
/// <param name="imports">Whether there are constant snippets.</param>
internal sealed class FilesFirstBuilder(CaddyQuoter texts, bool imports)
{
    private const string Matcher = "@file-first";

    /// <summary>The constant snippet: the request's own path below a root.</summary>
    public static FilesFirstView Usual(string root, CaddyVersion version) =>
        new()
        {
            Root = root,
            Tries = [new FirstFileView(Matcher, "{path}", null, MayBeDirectory: true)],
            SaysVary = version >= RouteBuilder.FilesVarySince,
        };

    /// <summary>The files of a route.</summary>
    public FilesFirstView Build(FilesAction files, FastCgi? fastCgi)
    {
        SourceSpan at = files.At.Of(FilesFirstFields.Try);
        return new FilesFirstView
        {
            Root = texts.Value(files.Root, files.At.Of(FilesFirstFields.Root)),
            Tries =
            [
                .. files.Try.Select(
                    (path, number) =>
                        new FirstFileView(
                            number == 0 ? Matcher : string.Create(CultureInfo.InvariantCulture, $"{Matcher}-{number + 1}"),
                            texts.FilePath(path, at),
                            IsOwn(path) ? null : Rewriting(path, at),
                            MayBeDirectory: path.Parts is [.., { Literal: null }]
                        )
                ),
            ],
            SaysVary = texts.Version >= RouteBuilder.FilesVarySince && files.Precompressed.Count == 0,
            Precompressed = files.Precompressed.Count == 0 ? null : RouteBuilder.Precompressed(files),
            Source = fastCgi is null ? null : FastCgiBuilder.SourceOf(texts, fastCgi),
            IsUsual =
                imports
                && fastCgi is null
                && files is { Try: [var only], Precompressed.Count: 0 }
                && IsOwn(only)
                && !files.Root.Contains('\n', StringComparison.Ordinal),
        };
    }

    // What a regex finds and what replaces it, in the escaped path.
    private string Rewriting(TextTemplate path, SourceSpan at) =>
        texts.Regex("^(.*)$", at)
        + " "
        + texts.Value(
            string.Concat(
                path.Parts.Select(part =>
                    part.Literal is { } literal ? string.Join('/', literal.Split('/').Select(Uri.EscapeDataString)) : "${1}"
                )
            ),
            at
        );

    private static bool IsOwn(TextTemplate path) => path.Parts is [{ Literal: null, Placeholder: Placeholder.Path }];
}
