using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Model.RequestTargets;

/// <summary>
/// Rewrites raw targets as a route says. What isn't cut or replaced keeps every byte, the query always; the result starts with a slash.
/// Safe for several threads.
/// </summary>
public sealed class TargetRewriter
{
    private readonly PathPrefix _prefix;
    private readonly PathRewrite? _rewrite;
    private readonly RegexReplacement? _replacement;

    /// <summary>Makes the rewriter of a route.</summary>
    /// <param name="matcher">The route's matcher: what <c>strip_prefix</c> and <c>replace_prefix</c> cut.</param>
    /// <param name="rewrite">How it rewrites; null leaves every byte alone.</param>
    public TargetRewriter(PathMatcher matcher, PathRewrite? rewrite)
    {
        _rewrite = rewrite;
        _prefix = new PathPrefix(matcher.Text);
        if (rewrite is { Kind: PathRewriteKind.Regex, Regex: { } regex })
        {
            // The binder has reported a replacement that can't be read.
            _ = RegexReplacement.TryParse(rewrite.To, regex, out _replacement, out _, out _);
        }
    }

    /// <summary>Whether every target stays as it is.</summary>
    public bool IsTransparent => _rewrite is null;

    /// <summary>The target for the upstream.</summary>
    /// <param name="target">The raw target in origin form, a character for each byte; it was not refused, and the route takes it.</param>
    public string Rewrite(string target)
    {
        if (_rewrite is null)
        {
            return target;
        }

        int question = target.IndexOf('?', StringComparison.Ordinal);
        ReadOnlySpan<char> path = question < 0 ? target : target.AsSpan(0, question);
        switch (_rewrite.Kind)
        {
            case PathRewriteKind.AddPrefix:
                return Rooted(_rewrite.To, target);
            case PathRewriteKind.Regex:
                return Replace(target, path);
            default:
                int cut = _prefix.IsEverything ? 0 : _prefix.LengthIn(path);
                return cut < 0 ? target : Rooted(_rewrite.Kind == PathRewriteKind.StripPrefix ? "" : _rewrite.To, target.AsSpan(cut));
        }
    }

    private string Replace(string target, ReadOnlySpan<char> path)
    {
        byte[] raw = new byte[path.Length];
        Encoding.Latin1.GetBytes(path, raw);
        return _rewrite?.Regex is { } regex && _replacement is { } to && regex.Matcher.TryReplaceFirst(raw, to, out byte[]? replaced)
            ? Rooted("", Encoding.Latin1.GetString(replaced), target.AsSpan(path.Length))
            : target;
    }

    private static string Rooted(ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> third = default)
    {
        ReadOnlySpan<char> start = first.IsEmpty
            ? second.IsEmpty
                ? third
                : second
            : first;
        return string.Concat(start.StartsWith("/") ? "" : "/", first, second, third);
    }
}
