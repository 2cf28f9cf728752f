using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>Keys with values, in the order written.</summary>
public sealed class MapSyntax : SyntaxNode
{
    /// <summary>Makes a map.</summary>
    public MapSyntax(IReadOnlyList<EntrySyntax> entries, SourceSpan span)
        : base(span)
    {
        Entries = entries;
        Size = 1 + entries.Sum(e => 1 + e.Value.Size);
    }

    /// <summary>The entries; their keys differ.</summary>
    public IReadOnlyList<EntrySyntax> Entries { get; }

    /// <summary>Entries whose key stands in the map already, which count for nothing but may hold secrets.</summary>
    internal IReadOnlyList<EntrySyntax> Repeated { get; init; } = [];

    internal override long Size { get; }

    /// <inheritdoc/>
    public override string Kind => "a map";

    /// <summary>The value of a key, or null.</summary>
    public SyntaxNode? Find(string key)
    {
        foreach (EntrySyntax entry in Entries)
        {
            if (entry.Key.Value == key)
            {
                return entry.Value;
            }
        }

        return null;
    }
}
