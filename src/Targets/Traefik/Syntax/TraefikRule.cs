namespace Confgen.Targets.Traefik.Syntax;

/// <summary>A rule, or a part of one.</summary>
internal abstract record TraefikRule
{
    /// <summary>A matcher with its arguments.</summary>
    /// <param name="Name">Its name as the documentation spells it.</param>
    /// <param name="Arguments">What it is asked about.</param>
    internal sealed record Matcher(string Name, IReadOnlyList<string> Arguments) : TraefikRule;

    /// <summary>Both hold.</summary>
    internal sealed record Both(TraefikRule Left, TraefikRule Right) : TraefikRule;

    /// <summary>One of them holds.</summary>
    internal sealed record Either(TraefikRule Left, TraefikRule Right) : TraefikRule;

    /// <summary>It doesn't hold.</summary>
    internal sealed record Not(TraefikRule Inner) : TraefikRule;
}
