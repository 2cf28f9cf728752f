using Confgen.Compiler.Syntax;

namespace Confgen.Compiler.Lint;

/// <summary>Which of the names that a spec defines something uses.</summary>
/// <param name="Upstreams">The upstreams that something uses.</param>
/// <param name="IdleFragments">The fragments that nothing uses, where they are defined.</param>
internal sealed record SpecUses(IReadOnlySet<string> Upstreams, IReadOnlyList<ScalarSyntax> IdleFragments);
