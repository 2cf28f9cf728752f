using Confgen.Compiler.Syntax;

namespace Confgen.Targets.Traefik.Labels;

/// <summary>A tree of keys as labels and arguments have it: a path with dots for each value, lists joined by commas.</summary>
internal static class FlatKeys
{
    /// <summary>Each value with its path below another one; the problem of one that can't be said, instead of its value.</summary>
    public static IEnumerable<(string Path, string Value, string? Problem)> Of(string path, SyntaxNode node)
    {
        switch (node)
        {
            case MapSyntax { Entries.Count: 0 }:
                yield return (path, "true", null);
                break;
            case MapSyntax map:
                foreach (EntrySyntax entry in map.Entries)
                {
                    string? problem = entry.Key.Value.Contains('.', StringComparison.Ordinal) ? $"'{entry.Key.Value}' has a dot" : null;
                    foreach ((string Path, string Value, string? Problem) below in Of($"{path}.{entry.Key.Value}", entry.Value))
                    {
                        yield return below with
                        {
                            Problem = problem ?? below.Problem,
                        };
                    }
                }

                break;
            case ListSyntax list:
                string[] items = [.. list.Items.Select(static item => item is ScalarSyntax scalar ? scalar.Value : "")];
                string? comma = items.FirstOrDefault(static item => item.Contains(',', StringComparison.Ordinal));
                yield return (path, string.Join(",", items), comma is null ? null : $"'{comma}' has a comma");
                break;
            default:
                yield return (path, ((ScalarSyntax)node).Value, null);
                break;
        }
    }
}
