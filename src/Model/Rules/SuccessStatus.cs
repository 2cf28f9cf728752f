namespace Confgen.Model.Rules;

/// <summary>The statuses that <c>cache_control</c> and rules with <c>on: success</c> hold for.</summary>
public static class SuccessStatus
{
    /// <summary>
    /// Whether the status is of a success, 304 or a redirect. 300 and 305 are neither here, as in nginx's <c>add_header</c>.
    /// </summary>
    public static bool Includes(int status) => status is (>= 200 and < 300) or 301 or 302 or 303 or 304 or 307 or 308;
}
