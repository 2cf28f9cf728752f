using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>A list of nodes.</summary>
public sealed class ListSyntax : SyntaxNode
{
    /// <summary>Makes a list.</summary>
    public ListSyntax(IReadOnlyList<SyntaxNode> items, SourceSpan span)
        : base(span)
    {
        Items = items;
        Size = 1 + items.Sum(i => i.Size);
    }

    /// <summary>The elements.</summary>
    public IReadOnlyList<SyntaxNode> Items { get; }

    internal override long Size { get; }

    /// <inheritdoc/>
    public override string Kind => "a list";
}
