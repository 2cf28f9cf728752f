namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>A section that is being read.</summary>
/// <param name="Kind">Its keyword.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Base">The defaults that it takes; null for none.</param>
internal sealed record HAProxySection(string Kind, string Name, HAProxySection? Base)
{
    /// <summary>The conditions that have names.</summary>
    public HashSet<string> Conditions { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of servers.</summary>
    public HashSet<string> Servers { get; } = new(StringComparer.Ordinal);

    /// <summary>Its letter in the list of keywords; a blank for sections that aren't in it.</summary>
    public char Letter =>
        Kind switch
        {
            "global" => 'g',
            "defaults" => 'd',
            "frontend" => 'f',
            "backend" => 'b',
            _ => ' ',
        };

    /// <summary>Whether a named condition is known here.</summary>
    public bool Knows(string condition) => Conditions.Contains(condition) || Base?.Knows(condition) == true;
}
