using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Units;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Writes rules: which hosts, which paths and which conditions a router asks for.</summary>
/// <param name="context">Where what can't be said is reported.</param>
/// <param name="paths">What writes paths.</param>
internal sealed class RuleWriter(RenderContext context, RoutingPaths paths)
{
    /// <summary>A rule that every request fulfils.</summary>
    public const string Everything = "PathPrefix(`/`)";

    /// <summary>Conditions that all must hold, as one rule.</summary>
    public static string All(params IEnumerable<string> conditions)
    {
        string rule = string.Join(" && ", conditions.Where(static condition => condition.Length > 0));
        return rule.Length == 0 ? Everything : rule;
    }

    /// <summary>Conditions of which one must hold, in parentheses where they are several.</summary>
    public static string Any(params IReadOnlyList<string> conditions) =>
        conditions.Count == 1 ? conditions[0] : $"({string.Join(" || ", conditions)})";

    /// <summary>The hosts; empty where any will do.</summary>
    public static string Hosts(IReadOnlyList<HostPattern> hosts) =>
        hosts.Any(static host => host.Kind == HostPatternKind.Any) ? "" : Any([.. hosts.Select(Host)]);

    /// <summary>The path; empty where any will do.</summary>
    public string Path(PathMatcher path)
    {
        if (path.Regex is { } regex && !ReservedRegex.CanWrite(regex.Root))
        {
            context.ReportNotExpressible(
                path.At.Span,
                @"'\b' and '\B', since what stands beside a word may be an escape",
                "write what stands there, as '(?:/|$)'"
            );
            return "";
        }

        return paths.Of(path) is { } text ? Matches(text) : "";
    }

    /// <summary>A regex on the path.</summary>
    public static string Matches(string regex) => $"PathRegexp({TraefikQuoting.Regex(regex)})";

    /// <summary>The networks, one of which has the peer's address.</summary>
    public static string Clients(IEnumerable<Cidr> clients) => Any([.. clients.Select(static client => $"ClientIP(`{client}`)")]);

    /// <summary>Bodies that are longer than a limit, by what the head says.</summary>
    public static string LongerThan(long limit) => $"HeaderRegexp(`Content-Length`, `^0*(?:{Numbers.Above(limit)})$`)";

    /// <summary>Whether each of a route's conditions holds.</summary>
    public IEnumerable<string> Of(RouteConditions match)
    {
        foreach (string condition in Block(match))
        {
            yield return condition;
        }

        foreach (RouteConditions block in match.Not)
        {
            string[] conditions = [.. Block(block)];
            yield return conditions is [var only] ? "!" + only : $"!({string.Join(" && ", conditions)})";
        }
    }

    private IEnumerable<string> Block(RouteConditions match)
    {
        if (match.Methods.Count > 0)
        {
            // Traefik writes them in capitals before it compares.
            if (match.Methods.Any(static method => method.Any(char.IsAsciiLetterLower)))
            {
                context.ReportNotExpressible(match.At.Of(MatchFields.Method), "a method in small letters", "write it in capitals");
            }

            yield return Any([.. match.Methods.Select(static method => $"Method({TraefikQuoting.Argument(method)})")]);
        }

        foreach (ValueCondition header in match.Headers)
        {
            yield return Value("Header", header.Name, header.Value);
        }

        foreach (ValueCondition parameter in match.Query)
        {
            string name = TraefikQuoting.Argument(parameter.Name);
            yield return parameter.Value.IsEverything ? $"QueryRegexp({name}, `^`)"
            : parameter.Value.AsLiteral is "" ? $"Query({name})"
            : Value("Query", parameter.Name, parameter.Value);
        }

        foreach (ValueCondition cookie in match.Cookies)
        {
            string pair = RegexText.Escape(cookie.Name, RegexDialect.Re2) + "=" + cookie.Value.WriteBody(RegexDialect.Re2, "[^;]*");
            yield return $"HeaderRegexp(`{CookieField.Name}`, {TraefikQuoting.Regex($@"(?:^|;)[ \t]*{pair}[ \t]*(?:;|$)")})";
        }

        if (match.Clients.Count > 0)
        {
            yield return Clients(match.Clients);
        }
    }

    private static string Value(string matcher, string name, ValuePattern value) =>
        value.AsLiteral is { Length: > 0 } literal
            ? $"{matcher}({TraefikQuoting.Argument(name)}, {TraefikQuoting.Argument(literal)})"
            : $"{matcher}Regexp({TraefikQuoting.Argument(name)}, {TraefikQuoting.Regex(value.Write(RegexDialect.Re2))})";

    // A name that ends with a dot is the same name, which `Host` knows.
    private static string Host(HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Exact => $"Host(`{host.Name.Trim('[', ']')}`)",
            HostPatternKind.Wildcard => $@"HostRegexp(`^[^.]+\.{Escape(host.Name)}\.?$`)",
            _ => $@"HostRegexp(`^{Escape(host.Name)}\.[^.]`)",
        };

    private static string Escape(string name) => name.Replace(".", @"\.", StringComparison.Ordinal);
}
