using System.Buffers;
using Confgen.Compiler.Rendering;
using Confgen.Model.Regexes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache.Building;

/// <summary>Quotes values of the spec for their places, and reports those that httpd's language can't hold.</summary>
internal sealed class ApacheTexts(RenderContext context)
{
    /// <summary>The raw path of the request.</summary>
    public const string RawPath = "path";

    /// <summary>The raw query with its question mark.</summary>
    public const string RawQuery = "query";

    private static readonly SearchValues<char> _signs = SearchValues.Create("{}%$\\\"");

    private readonly SortedDictionary<string, VariableRule> _variables = new(StringComparer.Ordinal);

    /// <summary>What the rules of the site that is being built need of the request, by the name of the variable.</summary>
    public IReadOnlyDictionary<string, VariableRule> Variables => _variables;

    /// <summary>Whether an identifier is made for each request.</summary>
    public bool MakesIds { get; private set; }

    /// <summary>Forgets the variables of the site before.</summary>
    public void StartSite() => _variables.Clear();

    /// <summary>One argument.</summary>
    public string Word(string value, SourceSpan at) => Checked(value, at) ? ApacheQuoting.Word(value) : "\"\"";

    /// <summary>One argument in quotes.</summary>
    public string Quote(string value, SourceSpan at) => Checked(value, at) ? ApacheQuoting.Quote(value) : "\"\"";

    /// <summary>One argument of a rewrite rule or its condition.</summary>
    public string Raw(string value, SourceSpan at)
    {
        if (!Checked(value, at))
        {
            return "\"\"";
        }

        if (!ApacheQuoting.FitsRaw(value))
        {
            Refuse(at, "a text with quotes of both kinds, of which a rewrite rule holds one");
        }

        return ApacheQuoting.Raw(value);
    }

    /// <summary>A regex as one argument of a rewrite rule or its condition.</summary>
    public string RawRegex(string regex, SourceSpan at) => Checked(regex, at) ? ApacheQuoting.RawRegex(regex) : "\"\"";

    /// <summary>A text with placeholders as the value of a field.</summary>
    public string Format(TextTemplate template, SourceSpan at, string? server = null, int? port = null) =>
        Quote(
            template.AsLiteral is { } literal ? ApacheQuoting.EscapeFormat(literal) : "expr=" + Expression(template, at, server, port),
            at
        );

    /// <summary>A text with placeholders as a string expression, without quotes.</summary>
    public string Expression(TextTemplate template, SourceSpan at, string? server = null, int? port = null) =>
        string.Concat(
            template.Parts.Select(part =>
                part.Literal is { } literal ? ApacheQuoting.EscapeExpression(literal) : Reference(part, at, server, port)
            )
        );

    /// <summary>A text with placeholders as what a RewriteRule writes.</summary>
    public string Substitution(TextTemplate template, SourceSpan at) =>
        string.Concat(
            template.Parts.Select(part =>
                part.Literal is { } literal
                    ? ApacheQuoting.EscapeSubstitution(literal)
                    : Reference(part, at, null, null).Replace("%{reqenv:", "%{ENV:", StringComparison.Ordinal)
            )
        );

    /// <summary>
    /// The condition that a text which is nothing but placeholders isn't empty; null where it never is.
    /// </summary>
    public string? NotEmpty(TextTemplate template, SourceSpan at, string? server = null, int? port = null) =>
        template.Parts.Count == 0 || template.Parts.Any(static part => part.Literal is not null || !MayBeEmpty(part.Placeholder))
            ? null
            : ApacheQuoting.Quote($"expr=-n \"{Expression(template, at, server, port)}\"");

    /// <summary>Reports a value that httpd can't hold.</summary>
    public void Refuse(SourceSpan at, string why, string? hint = null) => context.ReportNotExpressible(at, why, hint);

    /// <summary>A regex of the spec.</summary>
    public static string Pcre(RegexPattern regex) => regex.Write(RegexDialect.Pcre);

    private static bool MayBeEmpty(Placeholder placeholder) =>
        placeholder is Placeholder.Header or Placeholder.Cookie or Placeholder.QueryValue or Placeholder.Query or Placeholder.Path;

    private bool Checked(string value, SourceSpan at)
    {
        if (ApacheQuoting.Refusal(value) is { } refusal)
        {
            context.ReportNotExpressible(at, refusal);
            return false;
        }

        return true;
    }

    private string Reference(TemplatePart part, SourceSpan at, string? server, int? port)
    {
        switch (part.Placeholder)
        {
            case Placeholder.ClientIp:
                return "%{REMOTE_ADDR}";
            case Placeholder.Host:
                return "%{SERVER_NAME}";
            case Placeholder.Scheme:
                return "%{REQUEST_SCHEME}";
            case Placeholder.Method:
                return "%{REQUEST_METHOD}";
            case Placeholder.RequestId:
                MakesIds = true;
                return "%{md5:%{reqenv:UNIQUE_ID}}";
            case Placeholder.Uri:
                return $"%{{reqenv:{RawPath}}}%{{reqenv:{RawQuery}}}";
            case Placeholder.Query:
                return Set("query_text", "%{THE_REQUEST}", @"^\S+ [^?\s]*\?(\S*)");
            case Placeholder.Path:
                return Set("path_text", "%{REQUEST_URI}", @"^([^\x00-\x1f\x7f]*)$");
            case Placeholder.Header:
                return Set("field_" + Named(part), $"%{{HTTP:{Name(part.Name, at)}}}", "^(.+)$");
            case Placeholder.Cookie:
                return Set("cookie_" + Named(part), "%{HTTP:Cookie}", Cookie(part.Name));
            case Placeholder.QueryValue:
                return Set(
                    "parameter_" + Named(part),
                    "%{THE_REQUEST}",
                    $"^\\S+ [^?\\s]*\\?(?:[^&\\s]*&)*?{RegexText.Escape(part.Name, RegexDialect.Pcre)}=([^&\\s]*)"
                );
            case Placeholder.Port when port is { } number:
                return string.Create(null, $"{number}");
            case Placeholder.UpstreamHostPort when server is not null:
                return ApacheQuoting.EscapeExpression(server);
            case Placeholder.Port:
                Refuse(at, "{port} of a site with several listeners", "write a site for each listener");
                return "";
            case Placeholder.UpstreamHostPort:
                Refuse(at, "{upstream_hostport} where it isn't one server", "write the server's host and port");
                return "";
            default:
                Refuse(at, part.Written, "write the value, or send the client's target with {uri}");
                return "";
        }
    }

    private static string Cookie(string name) => $"(?:^|;)[ \\t]*{RegexText.Escape(name, RegexDialect.Pcre)}=([^;]*?)[ \\t]*(?:;|$)";

    private string Name(string name, SourceSpan at)
    {
        if (name.AsSpan().ContainsAny(_signs))
        {
            Refuse(at, "a name with '{', '}', '%', '$', '\\' or '\"'");
            return "X";
        }

        return name;
    }

    private string Set(string name, string of, string regex)
    {
        _variables[name] = new VariableRule(of, ApacheQuoting.RawRegex(regex));
        return $"%{{reqenv:{name}}}";
    }

    // Names of variables have letters, digits and '_'.
    private static string Named(TemplatePart part) =>
        string.Concat(part.Name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(null, $"_{(int)c:x2}")));
}
