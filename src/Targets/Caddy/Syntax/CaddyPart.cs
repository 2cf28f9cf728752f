using System.Runtime.InteropServices;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>A stretch of a value that Caddy expands at run time.</summary>
/// <param name="Text">Literal text, or a placeholder with its braces, as <c>{http.request.uuid}</c>.</param>
/// <param name="IsPlaceholder">Whether Caddy shall replace it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CaddyPart(string Text, bool IsPlaceholder);
