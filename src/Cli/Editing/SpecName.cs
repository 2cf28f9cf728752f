using Confgen.Cli.Editing.Cursors;
using Confgen.Model.Sources;

namespace Confgen.Cli.Editing;

/// <summary>An upstream, a tunnel or a fragment that a spec names, where its key stands.</summary>
/// <param name="Kind">What it is: <c>upstream</c>, <c>tunnel</c> or <c>fragment</c>.</param>
/// <param name="Name">The name.</param>
/// <param name="Span">The key.</param>
internal sealed record SpecName(string Kind, string Name, SourceSpan Span)
{
    private const string Fragments = "fragments";

    /// <summary>Whether <c>use</c> takes it, and no route proxies to it.</summary>
    public bool IsFragment => Kind == "fragment";

    /// <summary>As routes write it.</summary>
    public string Written => Kind == "tunnel" ? "tunnel:" + Name : Name;

    /// <summary>The names in a file's lines, whether or not it can be read.</summary>
    public static IEnumerable<SpecName> In(string file, IReadOnlyList<string> lines)
    {
        string? section = null;
        int column = -1;
        for (int i = 0; i < lines.Count; i++)
        {
            SpecLine line = SpecLine.Of(lines[i]);
            if (line.IsEmpty || line.Key is null)
            {
                continue;
            }

            if (line.Indent == 0)
            {
                (section, column) = (line.Key is "upstreams" or "tunnels" or Fragments ? line.Key[..^1] : null, -1);
            }
            else if (section is not null && (column < 0 || line.Indent == column) && line.Dashes.Count == 0)
            {
                column = line.Column;
                yield return new SpecName(section, line.Key, new SourceSpan(file, i + 1, column + 1, i + 1, column + 1 + line.Key.Length));
            }
        }
    }
}
