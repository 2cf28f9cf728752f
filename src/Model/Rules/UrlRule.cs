using Confgen.Model.Templates;

namespace Confgen.Model.Rules;

/// <summary>A rule on a URL or a path in a response: the first one that matches is applied.</summary>
/// <param name="Origin">What stands before <paramref name="From"/>.</param>
/// <param name="From">The text at the start that is exchanged.</param>
/// <param name="To">What takes its place.</param>
/// <param name="IsWhole">Whether the path ends where <paramref name="From"/> does; a query or a fragment may follow.</param>
public sealed record UrlRule(UrlOrigin Origin, string From, TextTemplate To, bool IsWhole = false)
{
    /// <summary>
    /// Whether what follows <see cref="From"/> may not start with a slash: <c>//other.example</c> is the URL of another host, and no path.
    /// </summary>
    public bool NeedsPath => Origin == UrlOrigin.None && !IsWhole && (From == "/" || To.AsLiteral == "/");
}
