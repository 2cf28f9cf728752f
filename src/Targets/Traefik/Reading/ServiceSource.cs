namespace Confgen.Targets.Traefik.Reading;

/// <summary>A service.</summary>
internal sealed class ServiceSource
{
    /// <summary>What is said of it, once for each container that says it.</summary>
    public List<SourceKey> Keys { get; } = [];

    /// <summary>Its servers.</summary>
    public List<(string Url, string? Weight, SourceKey? Key)> Servers { get; } = [];

    /// <summary>The first that is said at a path; null for nothing.</summary>
    public SourceKey? this[string path] => Keys.Select(key => key[path]).FirstOrDefault(static key => key is not null);
}
