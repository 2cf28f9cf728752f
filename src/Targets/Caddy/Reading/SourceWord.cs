using System.Runtime.InteropServices;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>A word of a line.</summary>
/// <param name="Text">What Caddy reads, with marks in place of variables of the environment.</param>
/// <param name="IsQuoted">Whether it stands in quotes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SourceWord(string Text, bool IsQuoted);
