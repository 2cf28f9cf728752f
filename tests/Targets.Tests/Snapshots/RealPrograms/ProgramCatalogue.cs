namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary>The programs that can judge.</summary>
internal static class ProgramCatalogue
{
    public static IReadOnlyList<IRealProgram> All { get; } =
    [
        .. typeof(ProgramCatalogue)
            .Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IRealProgram)))
            .Select(t => Activator.CreateInstance(t))
            .OfType<IRealProgram>(),
    ];
}
