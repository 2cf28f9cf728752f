using System.Text.RegularExpressions;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>A variable of nginx is a text here.</summary>
internal sealed partial class ForeignVariableRule : LintRule
{
    public static readonly Rule Definition = new("CFG0367", "foreign-variable", Severity.Warning, "A variable of another program, sent as it stands")
    {
        Why = "A `$` means nothing in a spec: `$remote_addr` is sent to the upstream as these twelve characters. Placeholders are written `{client_ip}`, `{host}`, `{uri}`, and every target gets its own form of them.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { request: { set: { X-Client: $remote_addr } } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { request: { set: { X-Client: "{client_ip}" } } }

            """,
    };

    private static readonly Dictionary<string, string> _placeholders = new(StringComparer.Ordinal)
    {
        ["remote_addr"] = "client_ip",
        ["realip_remote_addr"] = "client_ip",
        ["proxy_add_x_forwarded_for"] = "client_ip",
        ["host"] = "host",
        ["http_host"] = "host",
        ["server_name"] = "host",
        ["scheme"] = "scheme",
        ["request_method"] = "method",
        ["uri"] = "path",
        ["document_uri"] = "path",
        ["request_uri"] = "uri",
        ["args"] = "query",
        ["query_string"] = "query",
        ["request_id"] = "request_id",
        ["upstream_addr"] = "upstream_hostport",
        ["proxy_host"] = "upstream_hostport",
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            CheckHeaders(context, site.Headers);
            foreach (Route route in site.Routes)
            {
                CheckHeaders(context, route.Headers);
                if (route.Action is RedirectAction redirect)
                {
                    CheckText(context, redirect.To, redirect.At.Span.IsSome ? redirect.At.Of("to") : route.At.Of("redirect"));
                }
            }
        }
    }

    private static void CheckHeaders(LintContext context, HeaderRules rules)
    {
        foreach (HeaderEdits edits in (ReadOnlySpan<HeaderEdits>)[rules.Request, rules.Response])
        {
            foreach (HeaderValue value in edits.IsEmpty ? [] : edits.Set.Concat(edits.Add))
            {
                CheckText(context, value.Value, value.At.Span);
            }
        }
    }

    private static void CheckText(LintContext context, TextTemplate text, SourceSpan place)
    {
        foreach (TemplatePart part in text.Parts)
        {
            // The regex is made when a sign of one shows up: making it takes longer than checking a small spec.
            if (part.Literal is { } literal && literal.Contains('$', StringComparison.Ordinal) && Variable.Match(literal) is { Success: true } match)
            {
                string name = match.Groups["name"].Value;
                context.Report(place, $"'{match.Value}' is sent as it stands", _placeholders.TryGetValue(name, out string? placeholder) ? $"write {{{placeholder}}}" : "placeholders are written in braces; 'docs/reference.md' lists them");
            }
        }
    }

    [GeneratedRegex(@"\$\{?(?<name>remote_addr|realip_remote_addr|proxy_add_x_forwarded_for|host|http_[a-z_]+|server_name|scheme|request_method|uri|document_uri|request_uri|args|query_string|request_id|upstream_addr|proxy_host|remote_user|arg_[a-z_]+|cookie_[a-z_]+)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable { get; }
}
