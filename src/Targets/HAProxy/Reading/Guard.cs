using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Who may: a refusal by address or by credentials.</summary>
/// <param name="Line">The line.</param>
/// <param name="Where">The host and the path that it holds for; empty for all.</param>
/// <param name="Who">Who is asked for.</param>
/// <param name="Write">Writes it into a route, and gives the node that says it.</param>
internal sealed record Guard(SourceLine Line, IReadOnlyList<Term> Where, Term Who, Func<OutputMap, OutputNode> Write);
