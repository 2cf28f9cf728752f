namespace Confgen.Targets.Caddy.Syntax;

/// <summary>What a line, or a line with its block, is.</summary>
internal enum CaddyNodeKind
{
    /// <summary>A comment on its own line.</summary>
    Comment,

    /// <summary>The block without a name that a file may start with.</summary>
    GlobalOptions,

    /// <summary><c>(name) { ... }</c></summary>
    Snippet,

    /// <summary><c>&amp;(name) { ... }</c>, from 2.7 on.</summary>
    NamedRoute,

    /// <summary>Addresses, and what is served there.</summary>
    Site,

    /// <summary>A directive, subdirective, matcher definition or option; or an <c>import</c> at the top of a file.</summary>
    Directive,
}
