using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>What all parts of the reader share.</summary>
/// <param name="Options">The global options.</param>
/// <param name="Upstreams">The upstreams of the spec.</param>
/// <param name="Spec">The spec's root.</param>
/// <param name="NamedRoutes">The routes that <c>invoke</c> may name.</param>
internal sealed record ReadingState(
    GlobalOptions Options,
    UpstreamTable Upstreams,
    OutputMap Spec,
    IReadOnlyDictionary<string, SourceLine> NamedRoutes
)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Writes an upstream of several servers into a route, by a name that equal ones share.</summary>
    public OutputText UseServers(OutputMap route, string url, OutputMap settings, string key)
    {
        if (!_names.TryGetValue(settings.Canonical, out string? name))
        {
            string label = UpstreamTable.Label(url);
            name = label;
            for (int i = 2; Upstreams.Find(name) is not null; i++)
            {
                name = $"{label}-{i}";
            }

            _names.Add(settings.Canonical, name);
            Upstreams.Define(name, settings);
        }
        else if (Upstreams.Find(name) is { } kept)
        {
            SpecTidying.Follow(settings, kept);
        }

        return Upstreams.UseName(route, name, key);
    }
}
