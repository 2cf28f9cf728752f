using System.Runtime.InteropServices;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>A token of a Caddyfile, or a comment.</summary>
/// <param name="Text">What Caddy reads: without quotes and escapes, with the defaults of environment references put in.</param>
/// <param name="Start">Where it starts in the source, quotes included.</param>
/// <param name="End">Where it ends in the source, exclusive.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Quote">How it was written.</param>
/// <param name="FirstRow">The line that Caddy thinks it starts on: lines joined by a backslash are one.</param>
/// <param name="LastRow">The line that Caddy thinks it ends on.</param>
/// <param name="LastLine">The line that it really ends on.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CaddyToken(
    string Text,
    int Start,
    int End,
    int Line,
    int Column,
    CaddyQuote Quote,
    int FirstRow,
    int LastRow,
    int LastLine
)
{
    /// <summary>Whether this opens a block. Quotes make no difference: Caddy compares the text alone.</summary>
    public bool Opens => Text == "{" && Quote != CaddyQuote.Comment;

    /// <summary>Whether this closes a block, quoted or not.</summary>
    public bool Closes => Text == "}" && Quote != CaddyQuote.Comment;
}
