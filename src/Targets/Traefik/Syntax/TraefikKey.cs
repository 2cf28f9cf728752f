using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Traefik.Syntax;

/// <summary>What a key of a file may hold.</summary>
/// <param name="Kind">The kind of value: <c>text</c>, <c>list</c>, <c>integer</c>, <c>boolean</c>, <c>duration</c> or <c>map</c>.</param>
/// <param name="Since">The first release that has it.</param>
internal sealed record TraefikKey(string Kind, TargetVersion Since);
