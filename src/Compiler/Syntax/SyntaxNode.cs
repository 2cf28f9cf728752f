using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>A piece of YAML with its place: a scalar, a list or a map.</summary>
public abstract class SyntaxNode
{
    private protected SyntaxNode(SourceSpan span) => Span = span;

    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; }

    /// <summary>The number of nodes in it, itself and everything that aliases bring in included.</summary>
    internal abstract long Size { get; }

    /// <summary>What it is, as a diagnostic says it: <c>a list</c>.</summary>
    public abstract string Kind { get; }
}
