namespace Confgen.Targets.Nginx.Syntax;

/// <summary>The directives of a file, or between the braces of a directive.</summary>
internal sealed class NginxBlock
{
    private readonly List<NginxDirective> _directives = [];

    /// <summary>In the order written.</summary>
    public IReadOnlyList<NginxDirective> Directives => _directives;

    /// <summary>The comment on the line of the opening brace.</summary>
    public string? OpeningComment { get; internal set; }

    /// <summary>The comments after the last directive.</summary>
    public IReadOnlyList<NginxComment> ClosingComments { get; internal set; } = [];

    internal void Add(NginxDirective directive) => _directives.Add(directive);
}
