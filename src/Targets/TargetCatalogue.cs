using Confgen.Compiler.Rendering;
using Confgen.Model.Catalogues;

namespace Confgen.Targets;

/// <summary>The targets that this program renders for, found by their type: a new one needs no list to be edited.</summary>
public static partial class TargetCatalogue
{
    private static readonly Lazy<IReadOnlyList<ITarget>> _all = new(() => [.. Create().OrderBy(t => t.Name, StringComparer.Ordinal)]);

    /// <summary>Every target, by name.</summary>
    public static IReadOnlyList<ITarget> All => _all.Value;

    [EachType]
    private static partial ITarget[] Create();
}
