namespace Confgen.Targets.Caddy.Syntax;

/// <summary>Where directives stand.</summary>
internal enum CaddyPlace
{
    /// <summary>In a snippet, which may be imported anywhere.</summary>
    Anywhere,

    /// <summary>At the top of a site.</summary>
    Site,

    /// <summary>In <c>handle</c>, <c>route</c>, <c>handle_errors</c> and the like.</summary>
    Handler,

    /// <summary>In <c>handle_response</c>.</summary>
    Response,
}
