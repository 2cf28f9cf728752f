using System.Net;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Chooses among routes by their conditions: a map gives the name of the location that responds, and <c>try_files</c> jumps to it, which
/// leaves the raw target, the method and the body alone.
/// </summary>
internal sealed class Dispatch(NginxBuild build)
{
    /// <summary>The variable that holds the name, without its <c>@</c>, of the location that responds.</summary>
    /// <param name="hint">The words of the variable's name.</param>
    /// <param name="candidates">The routes in the order in which they are tried, with their locations' names.</param>
    /// <param name="own">The first ones, whose path has matched already.</param>
    /// <param name="otherwise">The location that responds where none does.</param>
    public string VariableOf(string hint, IReadOnlyList<(Route Route, string Name)> candidates, int own, string otherwise)
    {
        var tests = new List<string>();
        var lines = new List<(Dictionary<string, bool> Needs, string Name)>();
        foreach ((int i, (Route route, string name)) in candidates.Index())
        {
            var needs = new Dictionary<string, bool>();
            bool isPossible = Needed(route.Match).All(need => needs.TryAdd(need.Test, need.Holds) || needs[need.Test] == need.Holds);
            if (!isPossible)
            {
                continue;
            }

            if (i >= own && !route.Path.IsEverything)
            {
                needs[PathTest(route.Path)] = true;
            }

            // What an earlier line takes already never comes here.
            if (lines.Any(earlier => earlier.Needs.All(need => needs.TryGetValue(need.Key, out bool holds) && holds == need.Value)))
            {
                continue;
            }

            tests.AddRange(needs.Keys.Where(test => !tests.Contains(test)));
            lines.Add((needs, name));
            if (needs.Count == 0)
            {
                break;
            }
        }

        if (lines is [.., { Needs.Count: 0 }])
        {
            otherwise = lines[^1].Name;
            lines.RemoveAt(lines.Count - 1);
        }

        return build.Map(
            NginxNames.Join("route", hint),
            new MapView
            {
                Purpose = "dispatch",
                Source = tests.Count == 1 ? "$" + tests[0] : "\"" + string.Concat(tests.Select(test => "$" + test)) + "\"",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", otherwise),
                    .. lines.Select(line => new MapLineView(
                        tests.Count == 1
                            ? Digit(line.Needs[tests[0]])
                            : NginxQuoting
                                .RegexKey(
                                    "^"
                                        + string.Concat(
                                            tests.Select(test => line.Needs.TryGetValue(test, out bool holds) ? Digit(holds) : ".")
                                        )
                                )
                                .Text,
                        line.Name
                    )),
                ],
            }
        );
    }

    private static string Digit(bool holds) => holds ? "1" : "0";

    // What has to hold, and what may not.
    private IEnumerable<(string Test, bool Holds)> Needed(RouteConditions match) =>
        Conditions(match).Select(test => (test, true)).Concat(match.Not.Select(block => (Together([.. Conditions(block)]), false)));

    // A test that holds where each one does.
    private string Together(IReadOnlyList<string> tests) =>
        tests.Count == 1
            ? tests[0]
            : build.Map(
                NginxNames.Join(["all", .. tests]),
                new MapView
                {
                    Source = "\"" + string.Concat(tests.Select(test => "$" + test)) + "\"",
                    Variable = "",
                    Lines = [new MapLineView("default", "0"), new MapLineView(new string('1', tests.Count), "1")],
                }
            );

    private IEnumerable<string> Conditions(RouteConditions match)
    {
        if (match.Methods.Count > 0)
        {
            yield return Test(
                NginxNames.Join("is", string.Join('_', match.Methods)),
                "$request_method",
                [.. match.Methods.Select(method => build.Use(NginxQuoting.ExactMapKey(method), match.At.Of(MatchFields.Method)))]
            );
        }

        foreach (ValueCondition header in match.Headers)
        {
            yield return Test(
                NginxNames.Join("header", header.Name, "matches"),
                "$http_" + NginxNames.HeaderVariable(header.Name),
                [build.Use(NginxQuoting.RegexKey(LineRegex(header.Value)), match.At.Of(MatchFields.Header))]
            );
        }

        foreach (ValueCondition query in match.Query)
        {
            string value = "=" + query.Value.WriteBody(RegexDialect.Pcre, "[^&]*");
            string regex =
                "(?:^|&)"
                + RegexText.Escape(query.Name, RegexDialect.Pcre)
                + (query.Value.Matches([]) ? $"(?:{value})?" : value)
                + "(?:&|$)";
            yield return Test(
                NginxNames.Join("query", query.Name, "matches"),
                "$args",
                [build.Use(NginxQuoting.RegexKey(regex), match.At.Of(MatchFields.Query))]
            );
        }

        foreach (ValueCondition cookie in match.Cookies)
        {
            string regex =
                $"(?:^|;)[ \t]*{RegexText.Escape(cookie.Name, RegexDialect.Pcre)}="
                + cookie.Value.WriteBody(RegexDialect.Pcre, "[^;]*")
                + "[ \t]*(?:;|$)";
            yield return Test(
                NginxNames.Join("cookie", cookie.Name, "matches"),
                "$http_cookie",
                [build.Use(NginxQuoting.RegexKey(regex), match.At.Of(MatchFields.Cookie))]
            );
        }

        if (match.Clients.Count > 0)
        {
            yield return ClientTest(match.Clients);
        }
    }

    // A field that is missing is an empty text to nginx: no pattern may take that, only because it takes every value.
    private static string LineRegex(ValuePattern value) =>
        value.IsEverything ? "."
        : value is ValueRegex && value.Matches([]) ? $"^(?=.).*(?:{value.Write(RegexDialect.Pcre)})"
        : value.Write(RegexDialect.Pcre);

    // A client without an address, as on a unix socket, is 255.255.255.255 to nginx.
    private string ClientTest(ValueList<Cidr> blocks) =>
        build.Map(
            NginxNames.Join("client", "in", blocks[0].ToString()),
            new MapView
            {
                Kind = "geo",
                Source = "",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "0"),
                    .. blocks.Select(static block => new MapLineView(block.ToString(), "1")),
                    .. blocks.Any(static block => block.Contains(IPAddress.Broadcast))
                    && build.Spec.Sites.Any(static site => site.Listen.Any(static listen => listen.SocketPath is not null))
                        ? [new MapLineView(IPAddress.Broadcast.ToString(), "0")]
                        : (MapLineView[])[],
                ],
            }
        );

    private string PathTest(PathMatcher path) =>
        Test(NginxNames.Join("path", path.Text, "matches"), "$uri", [build.Use(NginxQuoting.RegexKey(PathRegex.Of(path)), path.At.Span)]);

    private string Test(string hint, string source, IReadOnlyList<string> keys) =>
        build.Map(
            hint,
            new MapView
            {
                Source = source,
                Variable = "",
                Lines = [new MapLineView("default", "0"), .. keys.Select(key => new MapLineView(key, "1"))],
            }
        );
}
