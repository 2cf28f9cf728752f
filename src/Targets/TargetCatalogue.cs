using Confgen.Compiler.Rendering;

namespace Confgen.Targets;

/// <summary>The targets that this program renders for, found by their type: a new one needs no list to be edited.</summary>
public static class TargetCatalogue
{
    private static readonly Lazy<IReadOnlyList<ITarget>> _all = new(() =>
    [
        .. typeof(TargetCatalogue).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(ITarget)))
            .Select(t => Activator.CreateInstance(t)).OfType<ITarget>()
            .OrderBy(t => t.Name, StringComparer.Ordinal),
    ]);

    /// <summary>Every target, by name.</summary>
    public static IReadOnlyList<ITarget> All => _all.Value;
}
