using Confgen.Targets.Importing;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Makes a tree of labels and arguments: dots nest, and a number in brackets is an item of a list.</summary>
internal static class FlatTree
{
    /// <summary>Adds a value.</summary>
    public static void Add(SourceKey root, string path, string value, LedgerEntry entry)
    {
        SourceKey key = root;
        foreach (string part in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            key = key.Make(part);
        }

        key.Value = value;
        key.Stands(entry);
    }
}
