using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Templates;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Writes arguments with nginx's variables as the spec's templates.</summary>
internal static class SpecText
{
    /// <summary>The template; null, with the reason, where a variable has no counterpart.</summary>
    public static string? Template(IReadOnlyList<TextPart> parts, SiteContext site, out string? problem, RegexPattern? regex = null)
    {
        var text = new StringBuilder();
        problem = null;
        foreach (TextPart part in Merge(parts))
        {
            if (!part.IsVariable)
            {
                text.Append(part.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            }
            else if ((Group(part.Text, regex) ?? Placeholder(part.Text, site)) is { } placeholder)
            {
                text.Append(placeholder);
            }
            else
            {
                problem = $"a spec has no placeholder for ${part.Text}";
                return null;
            }
        }

        return text.ToString();
    }

    /// <summary>The text where it has no variable; else null.</summary>
    public static string? Literal(IReadOnlyList<TextPart> parts) =>
        parts.Any(p => p.IsVariable) ? null : string.Concat(parts.Select(p => p.Text));

    // $uri$is_args$args is the request's target, decoded and encoded again.
    private static IEnumerable<TextPart> Merge(IReadOnlyList<TextPart> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (
                i + 2 < parts.Count
                && parts[i] is { IsVariable: true, Text: "uri" or "document_uri" }
                && parts[i + 1] is { IsVariable: true, Text: "is_args" }
                && parts[i + 2] is { IsVariable: true, Text: "args" or "query_string" }
            )
            {
                yield return new TextPart("request_uri", true);
                i += 2;
            }
            else
            {
                yield return parts[i];
            }
        }
    }

    private static string? Group(string variable, RegexPattern? regex) =>
        regex is not null && RegexReplacement.GroupProblem(regex, variable) is null ? "{path." + variable + "}" : null;

    private static string? Placeholder(string variable, SiteContext site) =>
        variable switch
        {
            "host" or "http_host" => "{host}",
            "scheme" => site.HasTls ? "https" : "http",
            "https" => site.HasTls ? "on" : "",
            "request_method" => "{method}",
            "request_uri" => "{uri}",
            "uri" or "document_uri" => "{path}",
            "args" or "query_string" => "{query}",
            "remote_addr" or "realip_remote_addr" => "{client_ip}",
            "request_id" => "{request_id}",
            "server_name" when site.Hosts is [var host] && host != "_" => host,
            "server_port" => site.Port ?? "{port}",
            "proxy_host" => "{upstream_hostport}",
            "ssl_early_data" => "",
            _ => Known("header.", variable, "http_", '-')
                ?? Known("cookie.", variable, "cookie_", '_')
                ?? Known("query.", variable, "arg_", '_'),
        };

    private static string? Known(string kind, string variable, string prefix, char dash)
    {
        if (!variable.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string name = variable[prefix.Length..].Replace('_', dash);
        string placeholder = "{" + kind + (dash == '-' ? HeaderName(name) : name) + "}";
        return TextTemplate.TryParse(placeholder, out _, out _) ? placeholder : null;
    }

    /// <summary>A field's name as it is usually written: <c>X-Api-Key</c>.</summary>
    public static string HeaderName(string name) =>
        string.Join('-', name.Split('-').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
