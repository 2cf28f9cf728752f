using Confgen.Compiler.Files;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// The texts behind the names that a configuration includes: those in the output of <c>nginx -T</c>, or files of this machine, whose
/// folders may be elsewhere than the configuration says.
/// </summary>
internal sealed class SourceFiles
{
    private const string Mark = "# configuration file ";

    private readonly IFileSystem _files;
    private readonly ImportRequest _request;
    private readonly Dictionary<string, string> _dumped = new(StringComparer.Ordinal);

    public SourceFiles(ImportRequest request)
    {
        _files = request.FileSystem;
        _request = request;
        var roots = new List<(string, string)>();
        foreach ((string name, string text) in request.Files)
        {
            string? first = null;
            foreach ((string dumped, string content) in Dumped(text))
            {
                first ??= dumped;
                _dumped.TryAdd(dumped, content);
            }

            roots.Add(first is null ? (name, text) : (first, _dumped[first]));
        }

        Roots = roots;
    }

    /// <summary>The files that the import begins with.</summary>
    public IReadOnlyList<(string Name, string Text)> Roots { get; }

    /// <summary>Whether a text is what <c>nginx -T</c> prints.</summary>
    public static bool IsDump(string text) =>
        text.Contains("\n" + Mark, StringComparison.Ordinal) || text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The files that an include names, with their texts, by name.</summary>
    /// <param name="pattern">The include's argument.</param>
    /// <param name="prefix">The folder that relative names are meant from.</param>
    public IReadOnlyList<(string Name, string Text)> Find(string pattern, string prefix)
    {
        string full = pattern.StartsWith('/') || prefix.Length == 0 ? pattern : prefix.TrimEnd('/') + "/" + pattern;
        if (_dumped.Count > 0)
        {
            return
            [
                .. _dumped
                    .Where(d => FileGlob.IsMatch(full, d.Key))
                    .OrderBy(d => d.Key, StringComparer.Ordinal)
                    .Select(d => (d.Key, d.Value)),
            ];
        }

        string here = _request.Here(full);
        if (!FileGlob.IsPattern(here))
        {
            return _files.FileExists(here) ? [(full, Read(here))] : [];
        }

        int fixedEnd = here.LastIndexOf('/', here.AsSpan().IndexOfAny('*', '?', '['));
        string folder = fixedEnd < 0 ? "." : here[..Math.Max(fixedEnd, 1)];
        if (!_files.DirectoryExists(folder))
        {
            return [];
        }

        string absolute = _files.FullPath(folder).TrimEnd('/');
        string rest = here[(fixedEnd + 1)..];
        return
        [
            .. _files
                .Find(folder, rest.Contains('[', StringComparison.Ordinal) ? "*" : rest)
                .Select(name => (Name: name, Full: _files.FullPath(name)))
                .Where(f => FileGlob.IsMatch(absolute + "/" + rest, f.Full))
                .OrderBy(f => f.Full, StringComparer.Ordinal)
                .Select(f => (f.Name, Read(f.Name))),
        ];
    }

    private string Read(string name)
    {
        using var reader = new StreamReader(_files.Open(name));
        return reader.ReadToEnd();
    }

    private static IEnumerable<(string Name, string Text)> Dumped(string text)
    {
        if (!IsDump(text))
        {
            yield break;
        }

        int at = text.StartsWith(Mark, StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + Mark, StringComparison.Ordinal) + 1;
        while (at >= 0 && at < text.Length)
        {
            int end = text.IndexOf('\n', at);
            string name = text[(at + Mark.Length)..(end < 0 ? text.Length : end)].TrimEnd('\r', ' ', ':');
            int start = end < 0 ? text.Length : end + 1;
            int next = text.IndexOf("\n" + Mark, Math.Max(start - 1, 0), StringComparison.Ordinal);
            yield return (name, text[start..(next < 0 ? text.Length : Math.Max(next + 1, start))]);
            at = next < 0 ? -1 : next + 1;
        }
    }
}
