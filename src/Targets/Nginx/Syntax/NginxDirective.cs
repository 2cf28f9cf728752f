namespace Confgen.Targets.Nginx.Syntax;

/// <summary>A directive: <c>name arguments;</c> or <c>name arguments { ... }</c>.</summary>
internal sealed class NginxDirective
{
    internal NginxDirective(NginxToken name, NginxToken[] arguments, NginxBlock? block)
    {
        Name = name;
        Arguments = arguments;
        Block = block;
    }

    /// <summary>The first word.</summary>
    public NginxToken Name { get; }

    /// <summary>The words after it.</summary>
    public IReadOnlyList<NginxToken> Arguments { get; }

    /// <summary>What stands between the braces; null where the directive ends in a semicolon.</summary>
    public NginxBlock? Block { get; }

    /// <summary>The comments on the lines before it.</summary>
    public IReadOnlyList<NginxComment> LeadingComments { get; internal init; } = [];

    /// <summary>Whether an empty line precedes it (after its comments, if it has any).</summary>
    public bool BlankLineBefore { get; internal init; }

    /// <summary>The comment on the line of its semicolon or closing brace.</summary>
    public string? TrailingComment { get; internal set; }
}
