using Confgen.Cli.Editing.Cursors;
using Confgen.Compiler.Files;
using Confgen.Compiler.Schema;
using Confgen.Model.Sources;

namespace Confgen.Cli.Editing.Features;

/// <summary>Where what the cursor names is defined: an upstream, a tunnel, an included file.</summary>
internal static class Definitions
{
    /// <summary>The places that the name at the cursor leads to.</summary>
    /// <param name="catalogue">The language.</param>
    /// <param name="files">The files, for those that are included.</param>
    /// <param name="path">The absolute name of the file.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="line">The line, from 0.</param>
    /// <param name="character">The column, from 0.</param>
    /// <param name="names">The named upstreams and tunnels of the spec.</param>
    public static IEnumerable<SourceSpan> At(
        FieldCatalogue catalogue,
        IFileSystem files,
        string path,
        IReadOnlyList<string> lines,
        int line,
        int character,
        IEnumerable<SpecName> names
    )
    {
        string word = WordAt(lines[line], character);
        Cursor cursor = Cursor.At(lines, line, character);
        if (word.Length == 0)
        {
            return [];
        }

        if (cursor.Path is ["include", ..] and not [.., "hosts" or "roots"] and not [.., "hosts" or "roots", _])
        {
            string folder = Path.GetDirectoryName(path) ?? "/";
            return Included(files, folder, word).Select(file => new SourceSpan(Path.GetFullPath(file, folder), 1, 1, 1, 1));
        }

        TypeSchema[] types =
        [
            .. SchemaPath.At(catalogue, cursor.Path).Select(type => type is TypeSchema.ListOf { Element: var each } ? each : type),
        ];
        return names
            .Where(n => types.Contains(n.IsFragment ? TypeSchema.FragmentName : TypeSchema.UpstreamName) && n.Written == word)
            .Select(n => n.Span);
    }

    private static IEnumerable<string> Included(IFileSystem files, string folder, string pattern)
    {
        if (pattern.AsSpan().IndexOfAny('*', '?') < 0)
        {
            return [Path.Combine(folder, pattern)];
        }

        try
        {
            return files.Find(folder, pattern);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static string WordAt(string text, int at)
    {
        int start = Math.Min(at, text.Length);
        int end = start;
        while (start > 0 && !IsEdge(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && !IsEdge(text[end]))
        {
            end++;
        }

        return text[start..end].TrimEnd(':');
    }

    private static bool IsEdge(char c) => c is ' ' or '"' or '\'' or ',' or '[' or ']' or '{' or '}';
}
