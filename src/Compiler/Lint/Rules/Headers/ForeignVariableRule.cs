using System.Text.RegularExpressions;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
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
    public static readonly Rule Definition = new(
        "CFG0367",
        "foreign-variable",
        Severity.Warning,
        "A variable of another program, sent as it stands"
    )
    {
        Why =
            "A `$` means nothing in a spec: `$remote_addr` is sent to the upstream as these twelve characters. Placeholders are written "
            + "`{client_ip}`, `{host}`, `{uri}`, and every target gets its own form of them.",
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
        ["server_port"] = "port",
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
                if (route.ForwardAuth is { SignIn.To: { } signIn } auth)
                {
                    CheckText(context, signIn, auth.At.Of(ForwardAuthFields.SignIn));
                }

                if (route.Action is RedirectAction redirect)
                {
                    CheckText(
                        context,
                        redirect.To,
                        redirect.At.Span.IsSome ? redirect.At.Of(RedirectFields.To) : route.At.Of(RouteFields.Redirect),
                        Capture
                    );
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

    private static void CheckText(LintContext context, TextTemplate text, SourceSpan place, Regex? further = null)
    {
        foreach (TemplatePart part in text.Parts)
        {
            // The regexes are made when a sign of one shows up: making one takes longer than checking a small spec.
            if (part.Literal is not { } literal || literal.AsSpan().IndexOfAny('$', '%', '{') < 0)
            {
                continue;
            }

            // A price in a header is no capture; in a redirect's URL nothing else is meant.
            if ((Variable.Match(literal) is { Success: true } variable ? variable : further?.Match(literal)) is { Success: true } match)
            {
                string name = match.Groups["name"].Value;
                string? placeholder = Counterpart(name);
                Advice advice =
                    placeholder is null
                        ? new Advice(
                            name.All(char.IsAsciiDigit)
                                ? "write {path.1} for a group of the route's regex, or {uri} for the whole target"
                                : "placeholders are {client_ip}, {host}, {port}, {scheme}, {method}, {path}, {uri}, {query}, {request_id}, "
                                    + "and by name {header.NAME}, {cookie.NAME} and {query.NAME}"
                        )
                    : Advice.Of($"write {{{placeholder}}}") is { } plain
                    && context.Text(place) is { } written
                    && written.Contains(match.Value, StringComparison.Ordinal)
                        ? plain with
                        {
                            Edits =
                            [
                                new TextEdit(place, Quoted(written.Replace(match.Value, $"{{{placeholder}}}", StringComparison.Ordinal))),
                            ],
                        }
                    : new Advice($"write {{{placeholder}}}");
                context.Report(place, $"'{match.Value}' is sent as it stands", advice);
            }
        }
    }

    private static string? Counterpart(string name) =>
        _placeholders.GetValueOrDefault(name)
        ?? Named(name, "http_", "header.", '-')
        ?? Named(name, "cookie_", "cookie.", '_')
        ?? Named(name, "arg_", "query.", '_');

    // nginx's $http_x_mode, $cookie_NAME and $arg_NAME.
    private static string? Named(string variable, string prefix, string family, char dash)
    {
        string? text = variable.StartsWith(prefix, StringComparison.Ordinal) ? family + variable[prefix.Length..].Replace('_', dash) : null;
        return text is not null && TextTemplate.TryParse("{" + text + "}", out _, out _) ? text : null;
    }

    // A brace at the start of a value, or in a flow map, needs quotes.
    private static string Quoted(string value) => value is ['"' or '\'', ..] ? value : $"\"{value}\"";

    // nginx's $name and ${name}, and HAProxy's and Apache's %[name] and %{name}.
    [GeneratedRegex(
        @"\$\{?(?<name>[a-z][a-z0-9_]+)\}?|%[\[{](?<name>[A-Za-z][A-Za-z0-9_.()-]*)[\]}]",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Variable { get; }

    // nginx's $1 to $9.
    [GeneratedRegex(@"\$\{?(?<name>[1-9])\}?", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Capture { get; }
}
