namespace Confgen.Targets.Apache.Syntax;

/// <summary>A directive, or a section with the directives in it.</summary>
/// <param name="Name">Its name, with the bracket in front where it is a section's, as <c>&lt;VirtualHost</c>.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ApacheDirective(ApacheWord Name, IReadOnlyList<ApacheWord> Arguments)
{
    /// <summary>What a section holds; null for a directive.</summary>
    public List<ApacheDirective>? Content { get; init; }

    /// <summary>Whether it is called so; names have no case.</summary>
    public bool Is(string name) => Name.Text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
