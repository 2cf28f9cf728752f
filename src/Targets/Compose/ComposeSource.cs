using Confgen.Model.Sources;

namespace Confgen.Targets.Compose;

/// <summary>A service of a compose file, as far as a proxy reads it.</summary>
/// <param name="name">Its name.</param>
internal sealed class ComposeSource(string name)
{
    /// <summary>Its name, by which it is reached.</summary>
    public string Name => name;

    /// <summary>Its labels.</summary>
    public List<(string Name, string Value, SourceSpan At)> Labels { get; } = [];

    /// <summary>The arguments of its program.</summary>
    public List<(string Text, SourceSpan At)> Command { get; } = [];

    /// <summary>The ports of the container that it names, in <c>ports</c> and <c>expose</c>.</summary>
    public List<string> Ports { get; } = [];
}
