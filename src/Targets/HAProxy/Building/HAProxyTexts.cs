using Confgen.Compiler.Rendering;
using Confgen.Model.Regexes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.HAProxy.Syntax;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// Quotes values of the spec for their places, and reports those that HAProxy's language can't hold. Placeholders become variables of the
/// exchange, since a response's rules don't see the request any more.
/// </summary>
internal sealed class HAProxyTexts(RenderContext context)
{
    private readonly SortedDictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>The variables that are used, each with the expression that it is set to.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>One word.</summary>
    public string Word(string value, SourceSpan at)
    {
        if (HAProxyQuoting.Refusal(value) is { } refusal)
        {
            context.ReportNotExpressible(at, refusal);
            return "";
        }

        return HAProxyQuoting.Word(value);
    }

    /// <summary>A regex as a pattern of a condition, which a closing brace by itself would end.</summary>
    public string Regex(string regex, SourceSpan at) => Word(regex == "}" ? "[}]" : regex, at);

    /// <summary>A text of the spec that HAProxy reads as a format.</summary>
    public string Format(string text, SourceSpan at) => Word(HAProxyQuoting.EscapeFormat(text), at);

    /// <summary>A text with placeholders, as a format.</summary>
    public string Format(TextTemplate template, SourceSpan at, string? server = null) =>
        Word(
            string.Concat(
                template.Parts.Select(part =>
                    HAProxyQuoting.EscapeFormat(part.Literal ?? "") + (part.Literal is null ? Reference(part, at, server) : "")
                )
            ),
            at
        );

    /// <summary>
    /// Conditions of which one holds where a text that is nothing but placeholders isn't empty; none where it never is.
    /// </summary>
    public IReadOnlyList<string> NotEmpty(TextTemplate template, SourceSpan at) =>
        template.Parts.Count == 0 || template.Parts.Any(static part => part.Literal is not null || !MayBeEmpty(part.Placeholder))
            ? []
            : [.. template.Parts.Select(part => $"{{ var({Variable(part, at)}),length gt 0 }}")];

    /// <summary>A name as the argument of a fetch, where quotes have another meaning.</summary>
    public string Argument(string name, SourceSpan at)
    {
        if (name.Length == 0 || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            context.ReportNotExpressible(at, "a name here has more than letters, digits, '-', '_' and '.'");
            return "x";
        }

        return name;
    }

    /// <summary>Keeps something of the request in a variable of the exchange.</summary>
    public void Keep(string name, string expression) => _variables["txn." + name] = expression;

    /// <summary>Reports a value that HAProxy can't hold.</summary>
    public void Refuse(SourceSpan at, string why, string? hint = null) => context.ReportNotExpressible(at, why, hint);

    /// <summary>A regex of the spec.</summary>
    public static string Pcre(RegexPattern regex) => regex.Write(RegexDialect.Pcre);

    private static bool MayBeEmpty(Placeholder placeholder) =>
        placeholder is Placeholder.Header or Placeholder.Cookie or Placeholder.QueryValue or Placeholder.Query or Placeholder.Path;

    /// <summary>What stands for a placeholder in a format.</summary>
    public string Reference(TemplatePart part, SourceSpan at, string? server)
    {
        if (part.Placeholder == Placeholder.UpstreamHostPort)
        {
            if (server is null)
            {
                Refuse(at, "{upstream_hostport} where it isn't one server", "write the server's host and port");
            }

            return HAProxyQuoting.EscapeFormat(server ?? "");
        }

        return $"%[var({Variable(part, at)})]";
    }

    private string Variable(TemplatePart part, SourceSpan at)
    {
        switch (part.Placeholder)
        {
            case Placeholder.ClientIp:
                return "txn.client";
            case Placeholder.Host:
                return "txn.host";
            case Placeholder.Scheme:
                return "txn.scheme";
            case Placeholder.RequestId:
                return Set("request_id", "uuid");
            case Placeholder.Method:
                // As a text: a variable keeps the number of a method, and those without one would lose their name.
                return Set("method", "method,concat()");
            case Placeholder.Uri:
                return Set("uri", "pathq");
            case Placeholder.Query:
                return Set("query", "query");
            case Placeholder.Port:
                return Set("port", "dst_port");
            case Placeholder.Path:
                return Set("path_text", "var(txn.path) if !{ var(txn.path) -m reg [[:cntrl:]] }");
            case Placeholder.Header:
                return Set("field_" + Named(part, at), $"req.fhdr({Argument(part.Name, at)})");
            case Placeholder.Cookie:
                return Set("cookie_" + Named(part, at), $"req.cook({Argument(part.Name, at)})");
            case Placeholder.QueryValue:
                return Set("query_" + Named(part, at), $"url_param({Argument(part.Name, at)})");
            default:
                Refuse(at, $"{part.Written}", "write the value, or send the client's target with {uri}");
                return "txn.host";
        }
    }

    // Names of variables have letters, digits, '_' and '.'.
    private static string Named(TemplatePart part, SourceSpan at) =>
        string.Concat(part.Name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(null, $"_{(int)c:x2}")));

    private string Set(string name, string expression)
    {
        Keep(name, expression);
        return "txn." + name;
    }
}
