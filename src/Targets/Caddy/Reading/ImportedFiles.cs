using Confgen.Targets.Importing;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>The files that an <c>import</c> names.</summary>
internal static class ImportedFiles
{
    /// <summary>The files with their texts, by name; null where one that is named without a star is missing.</summary>
    /// <param name="request">What is imported.</param>
    /// <param name="pattern">The import's argument; relative names are meant from the file that it stands in.</param>
    /// <param name="from">That file.</param>
    public static IReadOnlyList<(string Name, string Text)>? Find(ImportRequest request, string pattern, string from)
    {
        int slash = from.LastIndexOf('/');
        string full = pattern.StartsWith('/') || slash < 0 ? pattern : from[..(slash + 1)] + pattern;
        string here = request.Here(full);
        if (!here.AsSpan().ContainsAny('*', '?', '['))
        {
            return request.FileSystem.FileExists(here) ? [(full, Read(request, here))] : null;
        }

        int end = here.LastIndexOf('/');
        string folder = end < 0 ? "." : here[..Math.Max(end, 1)];
        if (!request.FileSystem.DirectoryExists(folder))
        {
            return [];
        }

        // A pattern that begins with a star leaves hidden files out.
        string name = here[(end + 1)..];
        return
        [
            .. request
                .FileSystem.Find(folder, name)
                .Where(f => !name.StartsWith('*') || !Path.GetFileName(f).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .Select(f => (f, Read(request, f))),
        ];
    }

    private static string Read(ImportRequest request, string name)
    {
        using var reader = new StreamReader(request.FileSystem.Open(name));
        return reader.ReadToEnd();
    }
}
