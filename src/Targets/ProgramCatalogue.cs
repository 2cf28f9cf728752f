using Confgen.Compiler.Rendering;
using Confgen.Model.Catalogues;

namespace Confgen.Targets;

/// <summary>The real programs that can be asked about a rendered configuration, found by their type.</summary>
public static partial class ProgramCatalogue
{
    private static readonly Lazy<IReadOnlyList<ITargetProgram>> _all = new(() =>
        [.. Create().OrderBy(p => p.Target, StringComparer.Ordinal)]
    );

    /// <summary>Every program, by its target.</summary>
    public static IReadOnlyList<ITargetProgram> All => _all.Value;

    [EachType]
    private static partial ITargetProgram[] Create();
}
