using Confgen.Compiler.Rendering;

namespace Confgen.Targets;

/// <summary>The real programs that can be asked about a rendered configuration, found by their type.</summary>
public static class ProgramCatalogue
{
    private static readonly Lazy<IReadOnlyList<ITargetProgram>> _all = new(() =>
    [
        .. typeof(ProgramCatalogue).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(ITargetProgram)))
            .Select(t => Activator.CreateInstance(t)).OfType<ITargetProgram>()
            .OrderBy(p => p.Target, StringComparer.Ordinal),
    ]);

    /// <summary>Every program, by its target.</summary>
    public static IReadOnlyList<ITargetProgram> All => _all.Value;
}
