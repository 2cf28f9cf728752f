using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>What ends the search for a route.</summary>
/// <param name="Line">The line.</param>
/// <param name="Alternatives">The conditions of which one is enough.</param>
/// <param name="Write">Writes what responds into a route, and gives the node that says it; null where nothing could be written.</param>
internal sealed record Rule(SourceLine Line, IReadOnlyList<IReadOnlyList<Term>> Alternatives, Func<OutputMap, OutputNode?> Write)
{
    /// <summary>The status where it sends plain requests to https; 0 for none.</summary>
    public int HttpsStatus { get; init; }

    /// <summary>Whether it forwards.</summary>
    public bool Forwards { get; init; }
}
