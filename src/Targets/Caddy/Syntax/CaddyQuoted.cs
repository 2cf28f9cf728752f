using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>A value made ready for its place in a Caddyfile, or the reason why it can't stand there.</summary>
/// <param name="Text">What to write, quotes included; null where the value is refused.</param>
/// <param name="Refusal">Why not, as the end of "can't be written for Caddy: ..."; null where it can.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CaddyQuoted(string? Text, string? Refusal)
{
    public static CaddyQuoted Of(string text) => new(text, null);

    public static CaddyQuoted Refused(string reason) => new(null, reason);

    public bool TryGet([NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? refusal)
    {
        text = Text;
        refusal = text is null ? Refusal ?? "it has no text" : null;
        return text is not null;
    }
}
