namespace Confgen.Targets.Traefik.Reading;

/// <summary>A service of compose with labels of Traefik's.</summary>
/// <param name="Name">Its name, by which it is reached.</param>
/// <param name="Ports">The ports that it names.</param>
internal sealed record LabelledService(string Name, IReadOnlyList<string> Ports)
{
    /// <summary>Its labels as a tree, without their prefix.</summary>
    public SourceKey Labels { get; } = new("");
}
