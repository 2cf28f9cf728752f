using System.Text;
using System.Text.RegularExpressions;
using Confgen.Model.Rules;
using Confgen.Model.Units;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Tests.Traefik;

/// <summary>Whether requests fulfil rules, as Traefik's matchers decide it.</summary>
internal static class RuleEvaluator
{
    /// <summary>Whether a request fulfils a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="request">The request.</param>
    /// <param name="path">The path that routers are chosen by.</param>
    public static bool Holds(TraefikRule rule, EvaluatedRequest request, string path) =>
        rule switch
        {
            TraefikRule.Both both => Holds(both.Left, request, path) && Holds(both.Right, request, path),
            TraefikRule.Either either => Holds(either.Left, request, path) || Holds(either.Right, request, path),
            TraefikRule.Not not => !Holds(not.Inner, request, path),
            TraefikRule.Matcher matcher => Holds(matcher.Name, matcher.Arguments, request, path),
            _ => throw new InvalidOperationException("no rule"),
        };

    /// <summary>A regex of Go for .NET: the end of the text is written otherwise, and so are code points.</summary>
    public static string OfGo(string regex)
    {
        var result = new StringBuilder();
        bool inClass = false;
        for (int at = 0; at < regex.Length; at++)
        {
            char c = regex[at];
            if (c == '\\' && regex.AsSpan(at).StartsWith("\\x{"))
            {
                int end = regex.IndexOf('}', at);
                result.Append("\\u").Append(regex[(at + 3)..end].PadLeft(4, '0'));
                at = end;
            }
            else if (c == '\\')
            {
                result.Append(regex, at++, 2);
            }
            else
            {
                inClass = c == '[' || (inClass && c != ']');
                result.Append(c == '$' && !inClass ? "\\z" : c.ToString());
            }
        }

        return result.ToString();
    }

    private static bool Holds(string name, IReadOnlyList<string> arguments, EvaluatedRequest request, string path)
    {
        string first = arguments[0];
        switch (name)
        {
            case "ClientIP":
                return Cidr.TryParse(first, out Cidr block, out _) && block.Contains(request.Peer);
            case "Method":
                return string.Equals(request.Method, first.ToUpperInvariant(), StringComparison.Ordinal);
            case "Host":
                string host = Host(request);
                return host.Equals(first, StringComparison.OrdinalIgnoreCase)
                    || host.TrimEnd('.').Equals(first, StringComparison.OrdinalIgnoreCase);
            case "HostRegexp":
                return Matches(first, Host(request));
            case "Path":
                return path == first;
            case "PathPrefix":
                return path.StartsWith(first, StringComparison.Ordinal);
            case "PathRegexp":
                return Matches(first, path);
            case "Header":
                return Values(request, first).Contains(arguments[1]);
            case "HeaderRegexp":
                return Values(request, first).Any(value => Matches(arguments[1], value));
            case "Query":
                return Parameters(request, first).Contains(arguments.Count > 1 ? arguments[1] : "");
            default:
                return Parameters(request, first).Any(value => Matches(arguments[1], value));
        }
    }

    private static bool Matches(string regex, string text) => Regex.IsMatch(text, OfGo(regex), RegexOptions.CultureInvariant);

    private static string Host(EvaluatedRequest request) => request.Host.Split(':')[0].ToLowerInvariant();

    private static IEnumerable<string> Values(EvaluatedRequest request, string name) =>
        request.Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value);

    // Go leaves out pairs that it can't decode.
    private static IEnumerable<string> Parameters(EvaluatedRequest request, string name)
    {
        int mark = request.Target.IndexOf('?', StringComparison.Ordinal);
        foreach (string pair in mark < 0 ? [] : request.Target[(mark + 1)..].Split('&', ';'))
        {
            string[] parts = pair.Split('=', 2);
            if (pair.Length > 0 && Unescape(parts[0]) == name)
            {
                yield return Unescape(parts.Length > 1 ? parts[1] : "");
            }
        }
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
