using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Rules on the fields of responses.</summary>
/// <param name="Lasting">Those that errors keep by themselves.</param>
/// <param name="Blocks">Those that an error forgets.</param>
internal sealed record ResponseRules(IReadOnlyList<LastingHeaderView> Lasting, IReadOnlyList<HeaderRulesView> Blocks)
{
    /// <summary>No rules.</summary>
    public static readonly ResponseRules None = new([], []);
}
