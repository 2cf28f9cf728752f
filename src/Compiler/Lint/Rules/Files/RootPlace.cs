using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Files;

/// <summary>Where the root of a route's files is written.</summary>
internal static class RootPlace
{
    public static SourceSpan Of(Route route, FilesAction files) =>
        files.At.Span.IsSome
            ? files.At.Of(FilesFields.Root)
            : route.At.Of(route.Action is FilesAction ? RouteFields.Files : RouteFields.FilesFirst);
}
