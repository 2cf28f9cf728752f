using Confgen.Targets.Importing;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads a condition: a fetch with a way of matching, flags and values.</summary>
internal static class TermReader
{
    private static readonly Term _unknown = new(TermKind.Unknown, []);

    /// <summary>The condition of these words, as <c>path_beg -i /api</c>.</summary>
    public static Term Read(IReadOnlyList<string> words)
    {
        string way = "";
        bool ignoresCase = false;
        int at = 1;
        for (; at < words.Count && words[at].StartsWith('-'); at++)
        {
            if (words[at] == "--")
            {
                at++;
                break;
            }

            if (words[at] == "-i")
            {
                ignoresCase = true;
            }
            else if (words[at] == "-m" && at + 1 < words.Count)
            {
                way = words[++at];
            }
            else
            {
                return _unknown;
            }
        }

        string[] values = [.. words.Skip(at)];
        string[] parts = words[0].Split(',');
        (string fetch, string name) = Cut(parts[0]);
        // Converters that a spec's own comparison has.
        string rest = string.Concat(parts.Skip(1));
        bool isHost = name.Equals("host", StringComparison.OrdinalIgnoreCase) && fetch.Contains("hdr", StringComparison.Ordinal);
        if (rest.Length > 0 && !(rest is "lower" || (isHost && rest is "host_only" or "field(1:)" or "host_onlylower" or "lowerhost_only")))
        {
            return _unknown;
        }

        foreach (string suffix in (string[])["_beg", "_end", "_dir", "_dom", "_reg", "_sub", "_len", "_str"])
        {
            if (way.Length == 0 && fetch.EndsWith(suffix, StringComparison.Ordinal))
            {
                way = suffix[1..];
                fetch = fetch[..^suffix.Length];
            }
        }

        return fetch switch
        {
            "ssl_fc" => new Term(TermKind.Tls, [], IsNegated: values is ["0"]),
            "always_true" => new Term(TermKind.Always, []),
            "always_false" => new Term(TermKind.Always, [], IsNegated: true),
            "dst_port" when values is ["443" or "80"] => new Term(TermKind.Tls, [], IsNegated: values[0] == "80"),
            "src" when way is "" or "ip" => new Term(TermKind.Client, values),
            "method" when way is "" or "str" => new Term(TermKind.Method, values),
            "http_auth" => new Term(TermKind.Users, [], name),
            "path" or "url" or "capture.req.uri" => Path(way, ignoresCase, values),
            "hdr" or "req.hdr" or "req.fhdr" when isHost => Host(way, values),
            "ssl_fc_sni" or "req.ssl_sni" => Host(way, values),
            "hdr" or "req.hdr" or "req.fhdr" => Value(TermKind.Header, name, way, ignoresCase, values),
            "url_param" or "urlp" => Value(TermKind.Query, name, way, ignoresCase, values),
            "cook" or "req.cook" => Value(TermKind.Cookie, name, way, ignoresCase, values),
            _ => _unknown,
        };
    }

    private static (string Fetch, string Name) Cut(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? (text, "") : (text[..open], text[(open + 1)..].TrimEnd(')'));
    }

    private static Term Path(string way, bool ignoresCase, string[] values)
    {
        string Any(string before, string after) =>
            (ignoresCase ? "(?i)" : "")
            + before
            + (values.Length == 1 ? SpecRegex.Escape(values[0]) : $"(?:{string.Join('|', values.Select(SpecRegex.Escape))})")
            + after;
        return way switch
        {
            _ when values.Length == 0 => _unknown,
            "" or "str" when !ignoresCase => new Term(TermKind.PathExact, values),
            "" or "str" => new Term(TermKind.PathRegex, [Any("^", "$")]),
            "beg" when !ignoresCase => new Term(TermKind.PathPrefix, values),
            "beg" => new Term(TermKind.PathRegex, [Any("^", "")]),
            "end" => new Term(TermKind.PathRegex, [Any("", "$")]),
            "sub" => new Term(TermKind.PathRegex, [Any("", "")]),
            "dir" => new Term(TermKind.PathRegex, [Any("(?:^|/)", "(?:/|$)")]),
            "reg" => new Term(TermKind.PathRegex, [.. values.Select(value => (ignoresCase ? "(?i)" : "") + value)]),
            _ => _unknown,
        };
    }

    private static Term Host(string way, string[] values) =>
        way switch
        {
            _ when values.Length == 0 => _unknown,
            "" or "str" => new Term(TermKind.Host, [.. values.Select(Name)]),
            "end" when values.All(static value => value.StartsWith('.')) => new Term(
                TermKind.Host,
                [.. values.Select(static v => "*" + Name(v))]
            ),
            "dom" => new Term(TermKind.Host, [.. values.SelectMany(static value => new[] { Name(value), "*." + Name(value) })]),
            "beg" when values.All(static value => value.EndsWith('.')) => new Term(
                TermKind.Host,
                [.. values.Select(static v => Name(v) + "*")]
            ),
            _ => _unknown,
        };

    // A port is no part of a site's host.
    private static string Name(string value)
    {
        int colon = value.LastIndexOf(':');
        return (colon > 0 && value[(colon + 1)..].All(char.IsAsciiDigit) ? value[..colon] : value).ToLowerInvariant();
    }

    private static Term Value(TermKind kind, string name, string way, bool ignoresCase, string[] values) =>
        name.Length == 0 || name.Contains(',', StringComparison.Ordinal) ? _unknown
        : way == "found" || (way.Length == 0 && values.Length == 0) ? new Term(kind, ["*"], name)
        : way == "reg" && values is [var regex] ? Regex(kind, name, (ignoresCase ? "(?i)" : "") + regex)
        : values.Length == 0 || values.Any(static value => value.Contains('*', StringComparison.Ordinal)) ? _unknown
        : way switch
        {
            "" or "str" => new Term(kind, values, name),
            "beg" => new Term(kind, [.. values.Select(static value => value + "*")], name),
            "end" => new Term(kind, [.. values.Select(static value => "*" + value)], name),
            "sub" => new Term(kind, [.. values.Select(static value => $"*{value}*")], name),
            _ => _unknown,
        };

    private static Term Regex(TermKind kind, string name, string regex)
    {
        string field = kind switch
        {
            TermKind.Header => "header",
            TermKind.Query => "query",
            _ => "cookie",
        };
        return SpecRegex.OfValue(regex, field) is { } own ? new Term(kind, [own], name) { IsRegex = true } : _unknown;
    }
}
