using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>What all parts of the reader share.</summary>
/// <param name="Http">The directives of the http block.</param>
/// <param name="Variables">What the configuration's own variables stand for.</param>
/// <param name="Upstreams">The upstreams of the spec.</param>
/// <param name="Spec">The spec's root.</param>
internal sealed record ReadingState(IReadOnlyList<SourceDirective> Http, Variables Variables, UpstreamTable Upstreams, OutputMap Spec)
{
    /// <summary>When requests go to another server.</summary>
    public RetriesReader Retries { get; } = new();
}
