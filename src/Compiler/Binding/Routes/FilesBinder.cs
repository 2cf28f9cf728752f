using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds the files of a route: <c>files</c>, and <c>files_first</c> of a proxied one.</summary>
internal static class FilesBinder
{
    private static readonly TextTemplate _own = new([new TemplatePart(null, Placeholder.Path)]);

    /// <summary>Binds <c>files</c>.</summary>
    public static FilesAction? Bind(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax)
        {
            return FileReference.Directory(c, node) is { } alone
                ? c.Written(new FilesAction { At = ObjectReader.OfShort(node, FilesFields.Schema, FilesFields.Root), Root = alone })
                : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, FilesFields.Schema);
        string? root = FileReference.Directory(c, o.Get(FilesFields.Root));
        ValueList<TextTemplate> tries = o.List(FilesFields.Try, n => TryPath(c, n));
        var files = new FilesAction
        {
            At = o.Source,
            Root = root ?? "/",
            Index = o.Has(FilesFields.Index) ? o.List(FilesFields.Index, n => IndexName(c, n)) : new FilesAction { Root = "" }.Index,
            Try = tries,
            Browse = o.Read(FilesFields.Browse),
            Precompressed = o.Values(FilesFields.Precompressed, n => ScalarReader.Word(c, n, SiteFields.Codings)),
        };
        return root is null ? null : c.Written(files);
    }

    /// <summary>Binds <c>files_first</c>; null where it isn't written.</summary>
    public static FilesAction? BindFirst(BindingContext c, SyntaxNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (node is ScalarSyntax)
        {
            return FileReference.Directory(c, node) is { } alone
                ? c.Written(
                    new FilesAction
                    {
                        At = ObjectReader.OfShort(node, FilesFirstFields.Schema, FilesFirstFields.Root),
                        Root = alone,
                        Index = [],
                        Try = [_own],
                    }
                )
                : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, FilesFirstFields.Schema);
        string? root = FileReference.Directory(c, o.Get(FilesFirstFields.Root));
        ValueList<TextTemplate> tries = o.List(FilesFirstFields.Try, n => FirstPath(c, n));
        var files = new FilesAction
        {
            At = o.Source,
            Root = root ?? "/",
            Index = [],
            Try = tries.Count > 0 ? tries : [_own],
            Precompressed = o.Values(FilesFirstFields.Precompressed, n => ScalarReader.Word(c, n, SiteFields.Codings)),
        };
        return root is null ? null : c.Written(files);
    }

    private static string? IndexName(BindingContext c, SyntaxNode node)
    {
        string? name = ScalarReader.Text(c, node, "a file's name");
        if (name is null || (name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) && name is not ("." or "..")))
        {
            return name;
        }

        c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"invalid file name '{name}'");
        return null;
    }

    // The name of a file: a directory is never sent.
    private static TextTemplate? FirstPath(BindingContext c, SyntaxNode node)
    {
        if (TryPath(c, node) is not { } template)
        {
            return null;
        }

        if (template.Parts is not [.., { Literal: [.., '/'] }])
        {
            return template;
        }

        c.Diagnostics.Report(
            PathText.BadPath,
            node.Span,
            $"'{template}' is the path of a directory, and files are looked for",
            $"name its index, as '{template}index.html'"
        );
        return null;
    }

    private static TextTemplate? TryPath(BindingContext c, SyntaxNode node)
    {
        if (TemplateReader.Bind(c, node, header: false) is not { } template)
        {
            return null;
        }

        bool starts = template.Parts is [{ Literal: null, Placeholder: Placeholder.Path }, ..] or [{ Literal: ['/', ..] }, ..];
        bool known = template.Parts.All(p => p.Literal is { } text ? !text.Split('/').Contains("..") : p.Placeholder == Placeholder.Path);
        if (starts && known)
        {
            return template;
        }

        c.Diagnostics.Report(
            PathText.BadPath,
            node.Span,
            $"invalid path below the root '{template}'",
            "it starts with '/' or '{path}', has no '..', and '{path}' is its only placeholder"
        );
        return null;
    }
}
