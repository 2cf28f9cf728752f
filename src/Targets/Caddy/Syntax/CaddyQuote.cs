namespace Confgen.Targets.Caddy.Syntax;

/// <summary>How a token was written.</summary>
internal enum CaddyQuote
{
    /// <summary>Without quotes, up to the next white space.</summary>
    None,

    /// <summary>In <c>"..."</c>, where only <c>\"</c> is an escape.</summary>
    Double,

    /// <summary>In <c>`...`</c>, without escapes.</summary>
    Backtick,

    /// <summary>As a heredoc, <c>&lt;&lt;END</c> to <c>END</c> (from 2.7 on).</summary>
    Heredoc,

    /// <summary>Not a token: a comment, from <c>#</c> to the end of its line.</summary>
    Comment,
}
