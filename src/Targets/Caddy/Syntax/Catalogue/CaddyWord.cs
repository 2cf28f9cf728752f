namespace Confgen.Targets.Caddy.Syntax.Catalogue;

/// <summary>A directive, option or module: what may stand on its line and in its block, in which releases.</summary>
internal sealed class CaddyWord
{
    public required string Name { get; init; }

    /// <summary>The fewest arguments, a matcher not counted.</summary>
    public int Least { get; init; }

    /// <summary>The most arguments, a matcher not counted.</summary>
    public int Most { get; init; }

    /// <summary>The first release that knows it.</summary>
    public CaddyVersion Since { get; init; }

    /// <summary>The first release that doesn't know it any more, or null.</summary>
    public CaddyVersion? Until { get; init; }

    /// <summary>Whether a matcher may stand before its arguments.</summary>
    public bool TakesMatcher { get; init; }

    /// <summary>Whether it belongs to the top of a site, outside of <c>handle</c> and <c>route</c>.</summary>
    public bool OnlyInSite { get; init; }

    /// <summary>Whether it belongs into <c>handle_response</c>.</summary>
    public bool OnlyInResponse { get; init; }

    /// <summary>Whether its first argument names one of the words of its list, which says what may follow.</summary>
    public bool NamesModule { get; init; }

    /// <summary>The words of its block; null where it has none.</summary>
    public CaddyWordList? Block { get; set; }

    public bool Fits(CaddyVersion version) => version >= Since && !(Until is { } until && version >= until);
}
