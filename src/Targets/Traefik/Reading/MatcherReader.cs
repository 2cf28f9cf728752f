using System.Text.RegularExpressions;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads a matcher of a rule, of Traefik 3 or 2.</summary>
internal static partial class MatcherReader
{
    private const string CookieStart = @"(?:^|;)[ \t]*";
    private const string CookieEnd = @"[ \t]*(?:;|$)";
    private const string AnyCookie = "[^;]*";

    /// <summary>What the matcher asks for.</summary>
    public static RuleTerm Read(TraefikRule.Matcher matcher)
    {
        string first = matcher.Arguments[0];
        string second = matcher.Arguments.Count > 1 ? matcher.Arguments[1] : "";
        return matcher.Name switch
        {
            "Host" or "HostHeader" => new RuleTerm(RuleTermKind.Host, [.. matcher.Arguments.Select(Lower)]),
            "HostRegexp" when matcher.Arguments.Count == 1 => Host(first),
            "Path" => Path(matcher.Arguments, RuleTermKind.Exact),
            "PathPrefix" => Path(matcher.Arguments, RuleTermKind.Prefix),
            "PathRegexp" => new RuleTerm(RuleTermKind.PathRegex, [first]),
            "Method" => new RuleTerm(RuleTermKind.Method, [.. matcher.Arguments.Select(static method => method.ToUpperInvariant())]),
            "ClientIP" => new RuleTerm(RuleTermKind.Client, matcher.Arguments),
            "Header" or "Headers" => Value(RuleTermKind.Header, first, second),
            "HeaderRegexp" or "HeadersRegexp" when Cookie(first, second) is { } cookie => cookie,
            "HeaderRegexp" or "HeadersRegexp" => Regex(RuleTermKind.Header, first, second),
            // Traefik 2 has the name and the value in one text.
            "Query" when matcher.Arguments.Count == 1 && first.Split('=', 2) is [var name, var value] => Value(
                RuleTermKind.Query,
                name,
                value
            ),
            "Query" => Value(RuleTermKind.Query, first, second),
            "QueryRegexp" => Regex(RuleTermKind.Query, first, second),
            _ => new RuleTerm(RuleTermKind.Unknown, []),
        };
    }

    /// <summary>Whether an argument has what Traefik 2 writes for a regex, as <c>{name:[a-z]+}</c>.</summary>
    public static bool IsOfVersion2(TraefikRule.Matcher matcher) =>
        matcher.Name is "HostRegexp" or "Path" or "PathPrefix" && matcher.Arguments.Any(static argument => Mark().IsMatch(argument));

    private static RuleTerm Path(IReadOnlyList<string> arguments, RuleTermKind kind) =>
        arguments.Any(static argument => Mark().IsMatch(argument))
            ? new RuleTerm(
                RuleTermKind.PathRegex,
                [.. arguments.Select(argument => "^" + Marked(argument) + (kind == RuleTermKind.Exact ? "$" : ""))]
            )
            : new RuleTerm(kind, arguments);

    private static RuleTerm Host(string regex)
    {
        bool isMarked = Mark().IsMatch(regex);
        string plain = isMarked ? "^" + Marked(regex) + "$" : regex;
        if (Everything().IsMatch(plain))
        {
            return new RuleTerm(RuleTermKind.Host, ["_"]);
        }

        Match star = Star().Match(plain);
        Match last = Last().Match(plain);
        return star.Success ? new RuleTerm(RuleTermKind.Host, ["*." + Unescaped(star.Groups["name"].Value)])
            : last.Success ? new RuleTerm(RuleTermKind.Host, [Unescaped(last.Groups["name"].Value) + ".*"])
            : Single().Match(plain) is { Success: true } single
                ? new RuleTerm(
                    RuleTermKind.Host,
                    single.Groups["before"].Success
                        ?
                        [
                            Unescaped(single.Groups["name"].Value),
                            single.Groups["before"].Value + "." + Unescaped(single.Groups["name"].Value),
                        ]
                        : [Unescaped(single.Groups["name"].Value)]
                )
            : new RuleTerm(RuleTermKind.HostRegex, [plain]);
    }

    // A variable of the environment keeps its name.
    private static string Lower(string host) =>
        host.Contains(OutputText.VariableSign, StringComparison.Ordinal) ? host : host.ToLowerInvariant();

    private static string Unescaped(string name) => name.Replace("\\", "", StringComparison.Ordinal).ToLowerInvariant();

    // The texts between the regexes in braces are meant as they are.
    private static string Marked(string text)
    {
        string regex = "";
        int at = 0;
        foreach (Match mark in Mark().Matches(text))
        {
            regex += SpecRegex.Escape(text[at..mark.Index]) + $"(?:{mark.Groups["regex"].Value})";
            at = mark.Index + mark.Length;
        }

        return regex + SpecRegex.Escape(text[at..]);
    }

    private static RuleTerm Value(RuleTermKind kind, string name, string value) =>
        value.Length == 0 || value.Contains('*', StringComparison.Ordinal)
            ? Regex(kind, name, $"^{SpecRegex.Escape(value)}$")
            : new RuleTerm(kind, [value], name);

    private static RuleTerm Regex(RuleTermKind kind, string name, string regex) =>
        regex is "^" or ".*" or "^.*$" or "" ? new RuleTerm(kind, ["*"], name)
        : SpecRegex.OfValue(regex, kind == RuleTermKind.Query ? "query" : "header") is { } own
            ? new RuleTerm(kind, [own], name) { IsRegex = true }
        : new RuleTerm(RuleTermKind.Unknown, []);

    // A pair of the Cookie field, as confgen writes it for Traefik and people do.
    private static RuleTerm? Cookie(string name, string regex)
    {
        if (
            !name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
            || !regex.StartsWith(CookieStart, StringComparison.Ordinal)
            || !regex.EndsWith(CookieEnd, StringComparison.Ordinal)
            || regex[CookieStart.Length..^CookieEnd.Length].Split('=', 2) is not [var cookie, var value]
        )
        {
            return null;
        }

        string[] parts = value.Split(AnyCookie);
        return parts.All(static part => Literal().IsMatch(part)) && Literal().IsMatch(cookie)
            ? new RuleTerm(
                RuleTermKind.Cookie,
                [string.Join('*', parts.Select(static part => part.Replace("\\", "", StringComparison.Ordinal)))],
                cookie.Replace("\\", "", StringComparison.Ordinal)
            )
            : null;
    }

    [GeneratedRegex(@"\{[A-Za-z0-9_-]*:(?<regex>(?:[^{}]|\{[^{}]*\})*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\^?(?:\(\?:)?\.[*+]\)?\$?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Everything();

    [GeneratedRegex(
        @"^\^?\(?(?:\?:)?(?:\[\^\.\]|\[a-z(?:A-Z)?0-9_?-?\]|\[a-zA-Z0-9-\]|\[a-z\]|\\w|\.)[+*]\)?(?:\\\.|\.)(?<name>[A-Za-z0-9-]+(?:\\?\.[A-Za-z0-9-]+)+)(?:\\\.\?)?\$?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Star();

    [GeneratedRegex(@"^\^(?<name>[A-Za-z0-9-]+(?:\\\.[A-Za-z0-9-]+)*)\\\.\[\^\.\]\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Last();

    [GeneratedRegex(
        @"^\^(?:\((?:\?:)?(?<before>[A-Za-z0-9-]+)\\\.\)\?)?(?<name>[A-Za-z0-9-]+(?:\\\.[A-Za-z0-9-]+)*)\$\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Single();

    [GeneratedRegex(@"^(?:[A-Za-z0-9_% ,/:@~""'<>&!-]|\\[^A-Za-z0-9])*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
