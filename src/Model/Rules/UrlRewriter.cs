using Confgen.Model.Templates;

namespace Confgen.Model.Rules;

/// <summary>Applies the rules on URLs and paths to one value of a response.</summary>
/// <param name="rules">The rules; the first one that matches is applied.</param>
/// <param name="servers">The names of the servers, for <see cref="UrlOrigin.Server"/>.</param>
public sealed class UrlRewriter(IReadOnlyList<UrlRule> rules, IReadOnlyList<string> servers)
{
    private static readonly string[] _schemes = ["http://", "https://"];

    /// <summary>Whether there are no rules.</summary>
    public bool IsEmpty => rules.Count == 0;

    /// <summary>The new value; null where it stays as it is.</summary>
    /// <param name="url">The value.</param>
    /// <param name="scheme">The client's scheme.</param>
    /// <param name="authority">The host, as the client sent it.</param>
    /// <param name="value">What a placeholder stands for.</param>
    public string? Rewrite(string url, string scheme, string authority, Func<TemplatePart, string> value)
    {
        foreach (UrlRule rule in rules)
        {
            int origin = OriginOf(rule.Origin, url, authority);
            if (origin < 0 || !url.AsSpan(origin).StartsWith(rule.From, StringComparison.Ordinal))
            {
                continue;
            }

            ReadOnlySpan<char> rest = url.AsSpan(origin + rule.From.Length);
            if (rule.IsWhole ? rest is not ([] or ['?' or '#', ..]) : rule.NeedsPath && rest is ['/' or '\\' or <= ' ', ..])
            {
                continue;
            }

            string begin = rule.Origin switch
            {
                UrlOrigin.OwnHttps => url[..origin],
                UrlOrigin.OwnHttp or UrlOrigin.Server => $"{scheme}://{authority}",
                _ => "",
            };
            string to = string.Concat(begin, rule.To.Expand(value), rest);
            return to == url ? null : to;
        }

        return null;
    }

    // Where the text begins that a rule exchanges; -1 where the value has another origin.
    private int OriginOf(UrlOrigin origin, string url, string authority)
    {
        switch (origin)
        {
            case UrlOrigin.None:
                return 0;
            case UrlOrigin.OwnHttp:
                return After("http://", authority, url);
            case UrlOrigin.OwnHttps:
                return After("https://", authority, url);
            default:
                foreach (string scheme in _schemes)
                {
                    foreach (string server in servers)
                    {
                        if (After(scheme, server, url) is >= 0 and var end && end < url.Length && url[end] == '/')
                        {
                            return end;
                        }
                    }
                }

                return -1;
        }
    }

    private static int After(string scheme, string authority, string url) =>
        authority.Length > 0
        && url.StartsWith(scheme, StringComparison.Ordinal)
        && url.AsSpan(scheme.Length).StartsWith(authority, StringComparison.OrdinalIgnoreCase)
            ? scheme.Length + authority.Length
            : -1;
}
