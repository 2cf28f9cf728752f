using System.Text;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>HAProxy's formats as the templates of a spec.</summary>
internal static class Formats
{
    /// <summary>The template; null where the format asks for what a spec has no placeholder for.</summary>
    public static string? Template(string format)
    {
        var text = new StringBuilder();
        for (int at = 0; at < format.Length; at++)
        {
            char c = format[at];
            if (c is '{' or '}')
            {
                text.Append(c).Append(c);
            }
            else if (c != '%')
            {
                text.Append(c);
            }
            else if (at + 1 < format.Length && format[at + 1] == '%')
            {
                text.Append('%');
                at++;
            }
            else
            {
                int end = at + 1 < format.Length && format[at + 1] == '[' ? format.IndexOf(']', at) : -1;
                string? name = end > 0 ? Placeholder(format[(at + 2)..end]) : Alias(format, at, out end);
                if (name is null)
                {
                    return null;
                }

                text.Append(name);
                at = end;
            }
        }

        return text.ToString();
    }

    private static string? Placeholder(string expression) =>
        expression.Replace("req.", "", StringComparison.Ordinal) switch
        {
            "src" => "{client_ip}",
            "hdr(host)" or "hdr(Host)" or "ssl_fc_sni" or "hdr(host),host_only" or "hdr(host),field(1,:)" => "{host}",
            "path" or "capture.path" => "{path}",
            "url" or "pathq" or "capture.uri" or "capture.req.uri" => "{uri}",
            "query" => "{query}",
            "method" => "{method}",
            "dst_port" => "{port}",
            "unique-id" or "uuid" => "{request_id}",
            var field
                when (field.StartsWith("hdr(", StringComparison.Ordinal) || field.StartsWith("fhdr(", StringComparison.Ordinal))
                    && field.EndsWith(')')
                    && field.IndexOf(',', StringComparison.Ordinal) < 0 => $"{{header.{field[(field.IndexOf('(') + 1)..^1]}}}",
            var cookie when cookie.StartsWith("cook(", StringComparison.Ordinal) && cookie.EndsWith(')') => $"{{cookie.{cookie[5..^1]}}}",
            _ => null,
        };

    // The names of log-format that people use elsewhere, too.
    private static string? Alias(string format, int at, out int end)
    {
        end = at + 2;
        return format.AsSpan(at + 1) switch
        {
            ['c', 'i', ..] => "{client_ip}",
            ['I', 'D', ..] => "{request_id}",
            ['H', 'U', ..] => "{uri}",
            ['H', 'P', ..] => "{path}",
            ['H', 'M', ..] => "{method}",
            _ => null,
        };
    }
}
