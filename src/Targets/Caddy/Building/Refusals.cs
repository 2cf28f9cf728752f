using Confgen.Model.Sources;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>What is refused on every listener: Caddy passes it, or clamps it at the root and sends the raw target on.</summary>
internal static class Refusals
{
    /// <summary>
    /// Targets that programs read as different paths: dot segments in any spelling (Caddy and nginx know that some upstreams take a backslash for
    /// a separator), a NUL, a fragment; and the target <c>*</c> of any other method than OPTIONS.
    /// </summary>
    private const string Target = @"(?i)^[^?]*(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\?]|%2f|%5c|$)|^[^?]*%00|#|^\*$";

    /// <summary>A name or an address, and a port up to 65535 (RFC 9112, section 3.2): Caddy takes any text, and none.</summary>
    private const string Host = @"^(?:[\w~-]+(?:\.[\w~-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$";

    /// <summary>A path, or a URL of http without credentials: of any other scheme Caddy takes what stands behind its colon.</summary>
    private const string Form = "^(?:/|(?i:https?)://[^@/?#]+(?:[/?]|$))";

    public static RefusalsView Build(CaddyQuoter texts, bool shared) =>
        new(texts.Regex(Host, SourceSpan.None), texts.Raw(SourceSpan.None, "{http.request.orig_uri}", Form), texts.Raw(SourceSpan.None, "{http.request.orig_uri}", Target), shared);
}
