using Confgen.Compiler.Binding;

namespace Confgen.Compiler.Syntax;

internal sealed partial class SpecLoader
{
    // A pattern that finds so many files that are no specs is a mistake.
    private const int MaxUnread = 20;

    private void Include(MapSyntax map, string folder, int depth, Fence? fence)
    {
        SyntaxNode? include = map.Find("include");
        foreach (
            SyntaxNode node in include is ListSyntax list ? list.Items
            : include is null ? []
            : [include]
        )
        {
            if (node is not MapSyntax fenced)
            {
                IncludeNamed(node, folder, depth, fence);
            }
            else if (fence is not null)
            {
                IsIncomplete = true;
                diagnostics.Report(Fence.Outside, node.Span, "a fence in a fenced file", "write the file's name alone", fence.Related);
            }
            else if (FenceReader.Read(new BindingContext(files, diagnostics, _sources), fenced, folder) is var (names, own))
            {
                foreach (SyntaxNode name in names)
                {
                    IncludeNamed(name, folder, depth, own);
                }
            }
            else
            {
                IsIncomplete = true;
            }
        }
    }

    private void IncludeNamed(SyntaxNode node, string folder, int depth, Fence? fence)
    {
        switch (node)
        {
            case ScalarSyntax { IsUnresolved: true }:
                IsIncomplete = true;
                break;
            case ScalarSyntax { IsNull: false, Value.Length: > 0 } pattern when pattern.Value.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0:
                Include(pattern, folder, depth, fence);
                break;
            default:
                IsIncomplete = true;
                diagnostics.Report(
                    ValueRules.WrongType,
                    node.Span,
                    $"expected a file's name, found {(node is ScalarSyntax { IsNull: false } ? "none" : node.Kind)}",
                    "as 'include: [sites/*.yaml]'"
                );
                break;
        }
    }

    // The fence's own files are those that it names itself; a fenced file names further ones below the roots alone.
    private bool MayLoad(ScalarSyntax pattern, string folder, string file, Fence? fence)
    {
        if (fence is null || pattern.Span.File == fence.Span.File || fence.Refuses(files, folder, file) is not { } reason)
        {
            return true;
        }

        IsIncomplete = true;
        diagnostics.Report(Fence.Outside, pattern.Span, reason, fence.WayOut, fence.Related);
        return false;
    }

    private void Include(ScalarSyntax pattern, string folder, int depth, Fence? fence)
    {
        bool isPattern = pattern.Value.AsSpan().IndexOfAny('*', '?') >= 0;
        if (!MayLoad(pattern, folder, isPattern ? (Path.GetDirectoryName(pattern.Value) ?? "").TrimEnd('*') : pattern.Value, fence))
        {
            return;
        }

        if (!isPattern)
        {
            Load(Path.Combine(folder, pattern.Value), pattern.Span, depth + 1, fence);
            return;
        }

        IReadOnlyList<string> found;
        try
        {
            found = files.Find(folder.Length == 0 ? "." : folder, pattern.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            IsIncomplete = true;
            diagnostics.Report(SourceLoader.CannotRead, pattern.Span, $"can't look for '{pattern.Value}': {e.Message}");
            return;
        }

        int unread = _unread;
        foreach (string file in found)
        {
            if (_unread - unread > MaxUnread)
            {
                diagnostics.Report(
                    SourceLoader.CannotRead,
                    pattern.Span,
                    $"'{pattern.Value}' finds {found.Count:N0} files, and more than {MaxUnread} of them can't be read",
                    "name the folder that holds the specs"
                );
                break;
            }

            if (MayLoad(pattern, "", file, fence))
            {
                string name = folder.Length == 0 && file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
                Load(name, pattern.Span, depth + 1, fence);
            }
        }

        if (found.Count == 0)
        {
            IsIncomplete = true;
            diagnostics.Report(SourceLoader.CannotRead, pattern.Span, $"no file matches '{pattern.Value}'");
        }
    }
}
