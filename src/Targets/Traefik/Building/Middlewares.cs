using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>The middlewares that were asked for, each once.</summary>
/// <param name="names">The names that are taken.</param>
internal sealed class Middlewares(TraefikNames names)
{
    private readonly Dictionary<string, string> _byContent = new(StringComparer.Ordinal);
    private readonly List<MiddlewareView> _all = [];

    /// <summary>All of them, in the order in which they were asked for.</summary>
    public IReadOnlyList<MiddlewareView> All => _all;

    /// <summary>The name of a middleware.</summary>
    /// <param name="wish">What it may be called.</param>
    /// <param name="content">What tells it from others of the same kind.</param>
    /// <param name="make">Makes it.</param>
    public string Use(string wish, string content, Func<string, MiddlewareView> make)
    {
        if (!_byContent.TryGetValue(content, out string? name))
        {
            _byContent[content] = name = names.Unique(wish);
            _all.Add(make(name));
        }

        return name;
    }

    /// <summary>The name of one that gives every request a status.</summary>
    public string Refuse(int status) =>
        Use($"respond-{status}", $"refuse {status}", name => new MiddlewareView { Name = name, Refusal = status });
}
