namespace Confgen.Targets.Caddy.Syntax;

/// <summary>A line of a Caddyfile with the block that it opens.</summary>
/// <param name="kind">What it is.</param>
/// <param name="tokens">Its words; of a comment, the comment.</param>
internal sealed class CaddyNode(CaddyNodeKind kind, CaddyToken[] tokens)
{
    public CaddyNodeKind Kind => kind;

    /// <summary>The name and its arguments; the addresses of a site; nothing for the global options.</summary>
    public CaddyToken[] Tokens => tokens;

    /// <summary>The name, or an empty text.</summary>
    public string Name => tokens.Length > 0 ? tokens[0].Text : "";

    /// <summary>The words after the name.</summary>
    public ReadOnlySpan<CaddyToken> Arguments => tokens.Length > 0 ? tokens.AsSpan(1) : [];

    /// <summary>The lines of the block; null where there is no block.</summary>
    public IReadOnlyList<CaddyNode>? Block { get; init; }

    /// <summary>Whether the block is in braces. A file's only site may do without.</summary>
    public bool Braces { get; init; } = true;

    /// <summary>The comment at the end of the line, or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether an empty line stands before it.</summary>
    public bool BlankBefore { get; init; }

    /// <summary>Its line, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Its column, from 1.</summary>
    public int Column { get; init; }
}
