using Confgen.Compiler.Binding;
using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Language;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Syntax;

/// <summary>Reads an <c>include</c> that is a map.</summary>
internal static class FenceReader
{
    /// <summary>The names of the files with their fence; null where there is an error, which is reported.</summary>
    public static (IReadOnlyList<SyntaxNode> Files, Fence Fence)? Read(BindingContext c, MapSyntax map, string folder)
    {
        int before = c.Diagnostics.Items.Count(d => d.Severity == Severity.Error);
        ObjectReader o = ObjectReader.Open(c, map, IncludeFields.Schema);
        o.NotEmpty(IncludeFields.Files, "name the files");
        o.NotEmpty(IncludeFields.Hosts, "name the hosts that the files may have sites for");
        var fence = new Fence(
            map.Span,
            o.List(IncludeFields.Hosts, n => HostReader.Pattern(c, n)),
            o.List(IncludeFields.Roots, n => Root(c, n, folder))
        );
        IReadOnlyList<SyntaxNode> files = o.Elements(IncludeFields.Files);
        return c.Diagnostics.Items.Count(d => d.Severity == Severity.Error) == before ? (files, fence) : null;
    }

    private static string? Root(BindingContext c, SyntaxNode node, string folder)
    {
        if (ScalarReader.Text(c, node, "a folder's name") is not { } name)
        {
            return null;
        }

        if (name.Length > 0 && name.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0)
        {
            return Path.TrimEndingDirectorySeparator(c.Files.FullPath(Path.Combine(folder, name)));
        }

        c.Diagnostics.Report(ValueRules.BadValue, node.Span, "not a folder's name");
        return null;
    }
}
