using System.Text;
using System.Text.RegularExpressions;
using Confgen.Targets.Caddy.Syntax;

namespace Confgen.Targets.Tests.Caddy;

/// <summary>
/// What Caddy makes of a token, by the steps of its sources: imports, shorthands, expansion (replacer.go, shorthands.go, parse.go).
/// </summary>
internal static class CaddyReader
{
    /// <summary>Stands for the value of a placeholder that was replaced although it should not be.</summary>
    public const string Replaced = "\uE000";

    private static readonly string[] Shorthands =
    [
        "host",
        "hostport",
        "port",
        "orig_method",
        "orig_uri",
        "orig_path",
        "orig_dir",
        "orig_file",
        "orig_query",
        "orig_?query",
        "method",
        "uri",
        "%uri",
        "path",
        "%path",
        "dir",
        "file",
        "query",
        "%query",
        "?query",
        "remote",
        "remote_host",
        "remote_port",
        "scheme",
        "uuid",
        "tls_cipher",
        "tls_version",
        "tls_client_fingerprint",
        "tls_client_issuer",
        "tls_client_serial",
        "tls_client_subject",
        "tls_client_certificate_pem",
        "tls_client_certificate_der_base64",
        "upstream_hostport",
        "client_ip",
    ];

    private static readonly Regex Long = new(
        @"\{(?<kind>header|cookie|labels|path|file|query|re|vars|rp|resp|err|file_match)\.(?<name>[A-Za-z0-9_.\-]*)\}",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The text of the directive's only argument, or null where the line isn't a directive with one argument.</summary>
    public static string? Argument(string quoted, CaddyVersion version)
    {
        CaddyDocument document = CaddyParser.Parse($":80 {{\n\trespond {quoted}\n\tabort\n}}\n", version);
        return
            document.Problem is null
            && document.Nodes.ToList()
                is [
                    {
                        Kind: CaddyNodeKind.Site,
                        Block: [{ Block: null, Remark: null, Tokens: [{ Text: "respond" }, var value] }, { Name: "abort" }]
                    },
                ]
            ? value.Text
            : null;
    }

    public static string Shorten(string text)
    {
        foreach (string name in Shorthands)
        {
            text = text.Replace("{" + name + "}", "{http." + name + "}", StringComparison.Ordinal);
        }

        return Long.Replace(text, "{http.${kind}.${name}}");
    }

    /// <summary>What a place that expands placeholders makes of a token's text, after its imports.</summary>
    public static string Expand(string text, CaddyVersion version, int imports = 0, bool knownAlone = false)
    {
        for (int i = 0; i < imports; i++)
        {
            text = Replace(text, version, static key => key.StartsWith("args", StringComparison.Ordinal), keepUnknown: true);
        }

        return Replace(
            Shorten(text),
            version,
            static key => key.StartsWith("http.", StringComparison.Ordinal) || key.StartsWith("env.", StringComparison.Ordinal),
            knownAlone
        );
    }

    private static string Replace(string input, CaddyVersion version, Func<string, bool> knows, bool keepUnknown)
    {
        if (!input.Contains('{') && !(version >= new CaddyVersion(8) && input.Contains('}')))
        {
            return input;
        }

        var result = new StringBuilder();
        int last = 0;
        int unclosed = 0;
        for (int i = 0; i < input.Length; i++)
        {
            if (i > 0 && input[i - 1] == '\\' && input[i] is '{' or '}')
            {
                result.Append(input, last, i - 1 - last);
                last = i;
                continue;
            }

            if (input[i] != '{')
            {
                continue;
            }

            if (unclosed > 100)
            {
                return "";
            }

            int end = input.IndexOf('}', i);
            while (end > 0 && end < input.Length - 1 && input[end - 1] == '\\')
            {
                int next = input.IndexOf('}', end + 1);
                end = next < 0 ? -1 : next;
            }

            if (end < 0)
            {
                unclosed++;
                continue;
            }

            result.Append(input, last, i - last);
            string key = input[(i + 1)..end];
            bool known = knows(key);
            if (!known && keepUnknown)
            {
                last = i;
                continue;
            }

            result.Append(known ? Replaced : "");
            i = end;
            last = end + 1;
        }

        return result.Append(input, last, input.Length - last).ToString();
    }
}
