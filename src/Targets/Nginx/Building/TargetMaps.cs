using System.Globalization;
using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Rewrites the raw target. nginx's own ways (a URI in proxy_pass, rewrite) send the decoded path encoded anew; a map on
/// <c>$request_uri</c> leaves every byte alone.
/// </summary>
internal sealed class TargetMaps(NginxBuild build)
{
    // A slash, in either spelling, and empty and `.` segments behind it.
    private const string Separator = @"(?:/|%2[Ff])(?:(?:\.|%2[Ee])?(?:/|%2[Ff]))*";

    /// <summary>The URL for <c>proxy_pass</c>: the upstream's address, and the target where it doesn't stay.</summary>
    public string Url(UpstreamTarget upstream, Route route)
    {
        NginxText url = upstream.Url();
        if (route.Rewrite is not { } rewrite)
        {
            return build.Use(url.ToQuoted(), route.At.Span);
        }

        switch (rewrite.Kind)
        {
            case PathRewriteKind.AddPrefix:
                url.Literal(rewrite.To).Variable("request_uri");
                break;
            case PathRewriteKind.Regex when rewrite.Regex is { } regex:
                url.Variable(Replaced(regex, rewrite)).Variable(SharedVariables.RawQuery);
                break;
            default:
                url.Variable(WithoutPrefix(route.Path.Text, rewrite));
                break;
        }

        return build.Use(url.ToQuoted(), rewrite.At.Span);
    }

    private string WithoutPrefix(string prefix, PathRewrite rewrite)
    {
        string start = "^" + AnySpelling(prefix);
        string hint = NginxNames.Join(rewrite.To.Length == 0 ? "without" : "replaced", prefix);
        string path = build.Capture("path_behind");
        return build.Map(
            hint,
            new MapView
            {
                Purpose = rewrite.To.Length == 0 ? "without_prefix" : "replaced_prefix",
                About = rewrite.To.Length == 0 ? NginxBuild.Comment(prefix) : NginxBuild.Comment($"{rewrite.To} for {prefix}"),
                Source = "$request_uri",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "$request_uri"),
                    rewrite.To.Length == 0
                        ? Line($@"{start}(?:/|(?=%2[Ff]|\?)|$)(?<{path}>.*)$", "/", path, rewrite)
                        : Line($@"{start}(?<{path}>(?:/|%2[Ff]|\?).*)?$", rewrite.To, path, rewrite),
                ],
            }
        );
    }

    private MapLineView Line(string regex, string before, string variable, PathRewrite rewrite) =>
        new(
            build.Use(NginxQuoting.RegexKey(regex), rewrite.At.Span),
            build.Use(new NginxText().Literal(before).Variable(variable).ToQuoted(), rewrite.At.Span)
        );

    private string Replaced(RegexPattern regex, PathRewrite rewrite)
    {
        string group = build.Capture("part_");
        var value = new NginxText().Variable(group + "before");
        bool rooted = false;
        if (RegexReplacement.TryParse(rewrite.To, regex, out RegexReplacement? replacement, out _, out _))
        {
            rooted = replacement.KeepsRoot;
            foreach (RegexReplacementPart part in replacement.Parts)
            {
                value = part.Literal is { } literal
                    ? value.Literal(literal)
                    : value.Variable(group + part.Group.ToString(CultureInfo.InvariantCulture));
            }
        }

        value.Variable(group + "after");
        string pattern = $"^(?<{group}before>.*?)(?<{group}0>{regex.Write(RegexDialect.Pcre, group)})(?<{group}after>.*)$";
        string replaced = build.Map(
            "rewritten_path",
            new MapView
            {
                Purpose = "rewritten_path",
                Source = "$" + SharedVariables.RawPath,
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "$" + SharedVariables.RawPath),
                    new MapLineView(
                        build.Use(NginxQuoting.RegexKey(pattern), rewrite.At.Span),
                        build.Use(value.ToQuoted(), rewrite.At.Span)
                    ),
                ],
            }
        );
        return rooted
            ? replaced
            : build.Map(
                "rooted_path",
                new MapView
                {
                    Purpose = "rooted_path",
                    Source = "$" + replaced,
                    Variable = "",
                    Lines = [new MapLineView("default", "/$" + replaced), new MapLineView("~^/", "$" + replaced)],
                }
            );
    }

    /// <summary>A regex for a path in the spellings that decode and normalise to it.</summary>
    internal static string AnySpelling(string path)
    {
        var regex = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(path))
        {
            if (b == '/')
            {
                regex.Append(Separator);
                continue;
            }

            string literal = b is >= 0x21 and < 0x7F
                ? NginxQuoting.EscapeRegex([(char)b])
                : string.Create(CultureInfo.InvariantCulture, $"\\x{b:X2}");
            regex.Append("(?:").Append(literal).Append("|%").Append(HexDigit(b >> 4)).Append(HexDigit(b & 15)).Append(')');
        }

        return regex.ToString();
    }

    private static string HexDigit(int digit) =>
        digit < 10 ? digit.ToString(CultureInfo.InvariantCulture) : $"[{(char)('A' + digit - 10)}{(char)('a' + digit - 10)}]";
}
