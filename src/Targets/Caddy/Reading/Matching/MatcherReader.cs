using System.Text.RegularExpressions;
using Confgen.Model;
using Confgen.Model.Regexes;
using Confgen.Model.Rules;
using Confgen.Model.Units;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>Reads matchers: a path on the line of a directive, or a named one.</summary>
/// <param name="site">The site, whose host and scheme are known.</param>
/// <param name="named">The named matchers of the block and of those around it.</param>
internal sealed partial class MatcherReader(SiteContext site, IReadOnlyDictionary<string, SourceLine> named)
{
    private static readonly string[] _private = ["192.168.0.0/16", "172.16.0.0/12", "10.0.0.0/8", "127.0.0.0/8", "fd00::/8", "::1"];

    /// <summary>The condition of a matcher on the line of a directive.</summary>
    public Condition Read(string token)
    {
        if (token == "*")
        {
            return Condition.Always;
        }

        if (token.StartsWith('/'))
        {
            return new Condition
            {
                Clauses = [new Clause.AnyOf(new Atom.Path(PathTest.Of(token)))],
                IsWritten = true,
                OnlyPath = token,
            };
        }

        return named.TryGetValue(token, out SourceLine? definition)
            ? Define(definition)
            : new Condition { IsWritten = true, Problem = $"there is no matcher '{token}'" };
    }

    /// <summary>Networks as a spec writes them.</summary>
    public static IEnumerable<string> Networks(IEnumerable<string> ranges) =>
        ranges
            .SelectMany(r =>
                r == "private_ranges" ? _private
                : r == "forwarded" ? []
                : [r]
            )
            .Distinct(StringComparer.Ordinal);

    private Condition Define(SourceLine definition)
    {
        string? problem = null;
        string? path = null;
        IReadOnlyList<Clause> clauses;
        if (definition.Words is [_, { IsQuoted: true }, ..])
        {
            (clauses, problem) = ([], "an expression can't be asked");
        }
        else
        {
            (string, IReadOnlyList<string>, IReadOnlyList<SourceLine>)[] set =
                definition.Arguments.Count > 0
                    ? [(definition.First, [.. definition.Arguments.Skip(1)], definition.Block)]
                    : [.. definition.Block.Select(l => (l.Name, l.Arguments, (IReadOnlyList<SourceLine>)l.Block))];
            clauses = Set(set, ref problem);
            string[] paths = [.. set.Where(s => s.Item1 == "path").SelectMany(s => s.Item2)];
            path = paths is [var only] ? only : null;
        }

        return new Condition
        {
            Clauses = clauses,
            Lines = [.. definition.All],
            IsWritten = true,
            OnlyPath = path,
            Problem = problem,
        };
    }

    private List<Clause> Set(
        IEnumerable<(string Name, IReadOnlyList<string> Words, IReadOnlyList<SourceLine> Block)> matchers,
        ref string? problem
    )
    {
        var clauses = new List<Clause>();
        foreach (var matcher in matchers.GroupBy(m => m.Name))
        {
            string[] words = [.. matcher.SelectMany(m => m.Words)];
            switch (matcher.Key)
            {
                case "path":
                    clauses.Add(
                        new Clause.AnyOf(
                            PathTest.OfEndings(words) is { } endings
                                ? [new Atom.Path(endings)]
                                : [.. words.Select(w => new Atom.Path(PathTest.Of(w)))]
                        )
                    );
                    break;
                case "path_regexp":
                    string regex = words[^1];
                    problem ??= RegexPattern.TryParse(regex, out _, out string? wrong, out _) ? null : wrong;
                    clauses.Add(
                        new Clause.AnyOf(
                            new Atom.Path(new PathTest(PathTestKind.Regex, regex) { Name = words.Length > 1 ? words[0] : null })
                        )
                    );
                    break;
                case "method":
                    clauses.Add(new Clause.AnyOf(new Atom.Method(words.Select(w => w.ToUpperInvariant()).ToValueList())));
                    break;
                case "host":
                    clauses.Add(new Clause.AnyOf(new Atom.Constant(words.Any(IsHost))));
                    break;
                case "protocol" when words is ["http" or "https"]:
                    clauses.Add(new Clause.AnyOf(new Atom.Constant(words[0] == "https" == site.HasTls)));
                    break;
                case "protocol" when words is ["grpc"]:
                    clauses.Add(new Clause.AnyOf(new Atom.Header("Content-Type", "application/grpc*")));
                    break;
                case "remote_ip" or "client_ip":
                    clauses.Add(new Clause.AnyOf(new Atom.Remote(Networks(words).ToValueList())));
                    break;
                case "header":
                    clauses.AddRange(Headers(matcher.Select(m => m.Words)));
                    break;
                case "header_regexp":
                    clauses.AddRange(matcher.Select(m => HeaderRegex(m.Words)).OfType<Clause>());
                    problem ??= matcher.All(m => HeaderRegex(m.Words) is not null) ? null : "the regex is none that a spec can have";
                    break;
                case "query":
                    clauses.AddRange(Queries(words));
                    break;
                case "file":
                    foreach ((_, IReadOnlyList<string> inner, IReadOnlyList<SourceLine> block) in matcher)
                    {
                        clauses.Add(new Clause.AnyOf(File(inner, block, ref problem)));
                    }

                    break;
                case "not":
                    foreach ((_, IReadOnlyList<string> inner, IReadOnlyList<SourceLine> block) in matcher)
                    {
                        List<Clause> not = Set(
                            inner.Count > 0
                                ? [(inner[0], [.. inner.Skip(1)], block)]
                                : block.Select(l => (l.Name, l.Arguments, (IReadOnlyList<SourceLine>)l.Block)),
                            ref problem
                        );
                        clauses.Add(new Clause.Not(new Condition { Clauses = not }));
                    }

                    break;
                default:
                    problem ??= matcher.Key switch
                    {
                        "expression" => "an expression can't be asked",
                        _ => $"'match' has nothing for '{matcher.Key}'",
                    };
                    break;
            }
        }

        return clauses;
    }

    private static Atom.File File(IReadOnlyList<string> words, IReadOnlyList<SourceLine> block, ref string? problem)
    {
        string[] paths = [.. words, .. block.Where(l => l.Name == "try_files").SelectMany(l => l.Arguments)];
        string? root = block.FirstOrDefault(l => l.Name == "root")?.First;
        if (block.Any(l => l.Name is not ("root" or "try_files")))
        {
            problem ??= "of files the first one that is there is taken";
        }

        string[] read = [.. paths.Select(p => p.Replace("{http.request.uri.path}", "{path}", StringComparison.Ordinal))];
        if (read.Prepend(root ?? "").Any(p => Placeholders.IsIn(p.Replace("{path}", "", StringComparison.Ordinal)) || p.StartsWith('=')))
        {
            problem ??= "files are looked for by the path alone, below one root";
        }

        return new Atom.File(root, (read.Length == 0 ? ["{path}"] : read).ToValueList());
    }

    // The host of a site is one of its class: all of them give the same result.
    private bool IsHost(string pattern)
    {
        string host = site.Hosts[0];
        return string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase)
            || (HostPattern.TryParse(pattern.ToLowerInvariant(), out HostPattern? hosts, out _) && host != "_" && hosts.Matches(host));
    }

    private static IEnumerable<Clause> Headers(IEnumerable<IReadOnlyList<string>> lines)
    {
        foreach (var field in lines.GroupBy(l => l.Count > 0 ? l[0] : "", StringComparer.OrdinalIgnoreCase))
        {
            string[] globs = [.. field.Select(l => l.Count > 1 ? l[1] : "*")];
            yield return field.Key.StartsWith('!')
                ? new Clause.Not(new Condition { Clauses = [new Clause.AnyOf(new Atom.Header(field.Key[1..], "*"))] })
                : new Clause.AnyOf([.. globs.Select(g => new Atom.Header(field.Key, g))]);
        }
    }

    private static Clause.AnyOf? HeaderRegex(IReadOnlyList<string> words)
    {
        string regex = words[^1];
        string field = words.Count > 2 ? words[1] : words[0];
        if (
            string.Equals(field, CookieField.Name, StringComparison.OrdinalIgnoreCase)
            && CookieRegex().Match(regex) is { Success: true } cookie
        )
        {
            string value = cookie.Groups["any"].Success ? "*" : Unescaped(cookie.Groups["value"].Value);
            return new Clause.AnyOf(
                new Atom.Cookie(Unescaped(cookie.Groups["name"].Value), cookie.Groups["end"].Success || value == "*" ? value : value + "*")
            );
        }

        Match plain = PlainRegex().Match(regex);
        return plain.Success
                ? new Clause.AnyOf(
                    new Atom.Header(
                        field,
                        (plain.Groups["start"].Success ? "" : "*")
                            + Unescaped(plain.Groups["text"].Value)
                            + (plain.Groups["end"].Success ? "" : "*")
                    )
                )
            : SpecRegex.OfValue(regex, "header") is { } own ? new Clause.AnyOf(new Atom.Header(field, own, IsRegex: true))
            : null;
    }

    private static string Unescaped(string regex) => regex.Replace("\\", "", StringComparison.Ordinal);

    private static IEnumerable<Clause> Queries(string[] words) =>
        words
            .Select(w => w.Split('=', 2))
            .GroupBy(w => w[0], StringComparer.Ordinal)
            .Select(k => new Clause.AnyOf([.. k.Select(w => new Atom.Query(k.Key, w.Length > 1 ? w[1] : ""))]));

    // How people ask for a whole cookie: (^|; )name=value(;|$).
    [GeneratedRegex(
        @"^\((\?:)?\^\|;(\\s\*|\[ [^\]]*\]\*| ?\*?)\)(\[ \\?[t\t]\]\*)?(?<name>([A-Za-z0-9_-]|\\\.)+)="
            + @"((?<any>\(?\[\^;\]\*\)?)|(?<value>([A-Za-z0-9/_:=,-]|\\[./+-])*))(?<end>(\[ \\?[t\t]\]\*)?\((\?:)?;\|\$\))?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex CookieRegex();

    [GeneratedRegex(@"^(?<start>\^)?(?<text>([A-Za-z0-9/_ ;:=,-]|\\[./+*?-])+)(?<end>\$)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainRegex();
}
