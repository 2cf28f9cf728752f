using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Reads paths of the spec.</summary>
internal static class PathText
{
    public static readonly Rule BadPath = new("CFG0118", "bad-path", Severity.Error, "Invalid path")
    {
        Why =
            "A path starts with `/` and is compared with the normalised path of a request: decoded, slashes merged, dot segments removed. "
            + "So it is written decoded, without `//`, `.` or `..` segments, query or fragment; anything else would never match.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: api, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /api, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    /// <summary>A path to compare with: decoded and normal.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="node">The path.</param>
    /// <param name="key">Its key, which becomes <c>regex</c> where that was meant.</param>
    public static string? Matcher(BindingContext c, SyntaxNode? node, SourceSpan key = default)
    {
        if (node is null || ScalarReader.Text(c, node, "a path as /api") is not { } text)
        {
            return null;
        }

        Advice Write(string path, string why) => Advice.Replace(node.Span, YamlScalar.Of(path), $"{why}: write '{path}'");

        // What the signs of nginx's locations say has a key of its own.
        Advice Other(string name, string value) =>
            key.IsSome
                ? new Advice($"write '{name}: {YamlScalar.Of(value)}' instead of 'path'")
                {
                    Edits = [new TextEdit(key, name), new TextEdit(node.Span, YamlScalar.Of(value))],
                }
                : new Advice($"write '{value}' in a route with '{name}' instead of 'path'");

        (string? problem, Advice? advice) = text switch
        {
            ['/', ..] when text.EndsWith('*') && !text.TrimEnd('*').Contains('*', StringComparison.Ordinal) => (
                "has a '*'",
                Write(text.TrimEnd('*') is { Length: > 1 } cut ? cut.TrimEnd('/') : "/", "a path takes everything below it without the '*'")
            ),
            ['/', ..] when text.Contains("/*", StringComparison.Ordinal) => (
                "has a '*'",
                new Advice("write a regex with 'regex:' instead of 'path:'")
            ),
            ['/', ..] when text.Contains("//", StringComparison.Ordinal) => (
                "has an empty segment",
                Write(Merged(text), "slashes are merged before matching")
            ),
            ['/', ..] when text.Split('/').Any(s => s is "." or "..") => (
                "has a dot segment",
                new Advice("dot segments are removed before matching: write the path without them")
            ),
            ['/', ..] when Escape(text) is { } escape => (
                $"has the escape '{escape}'",
                Write(Uri.UnescapeDataString(text), "it is compared with the decoded path")
            ),
            ['/', ..] when text.Contains('?', StringComparison.Ordinal) => (
                "has a query",
                new Advice("write the path without it, and 'match: { query: { NAME: value } }'")
            ),
            ['/', ..] when text.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0 || text.Contains('\x7F', StringComparison.Ordinal) => (
                "has a control character",
                null
            ),
            ['/', ..] => (null, null),
            ['^', '~', ..] => ("does not start with '/'", Write(text[2..].Trim(), "a path needs no sign")),
            ['=', ..] => ("does not start with '/'", Other("exact", text[1..].Trim())),
            ['~', '*', ..] => ("does not start with '/'", Other("regex", "(?i)" + text[2..].Trim())),
            ['~', ..] => ("does not start with '/'", Other("regex", text[1..].Trim())),
            ['^', ..] => ("does not start with '/'", Other("regex", text)),
            ['*', ..] when text.Trim('*', '/').Length == 0 => ("does not start with '/'", Write("/", "'/' takes every path")),
            _ => ("does not start with '/'", Write("/" + text, "a path is absolute")),
        };
        if (problem is null)
        {
            return text.Length > 1 ? text.TrimEnd('/') : text;
        }

        c.Diagnostics.Report(BadPath, node.Span, $"the path '{text}' {problem}", advice);
        return null;
    }

    private static string Merged(string text) => "/" + string.Join('/', text.Split('/', StringSplitOptions.RemoveEmptyEntries));

    private static string? Escape(string text)
    {
        for (int at = text.IndexOf('%', StringComparison.Ordinal); at >= 0 && at + 2 < text.Length; at = text.IndexOf('%', at + 1))
        {
            if (char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                return text[at..(at + 3)];
            }
        }

        return null;
    }

    /// <summary>A raw request target that confgen itself sends: visible ASCII that starts with a slash.</summary>
    public static string? Target(BindingContext c, SyntaxNode? node)
    {
        if (node is null || ScalarReader.Text(c, node, "a path as /healthz") is not { } text)
        {
            return null;
        }

        if (text.StartsWith('/') && text.All(ch => ch is > ' ' and < '\x7F' and not '#'))
        {
            return text;
        }

        c.Diagnostics.Report(
            BadPath,
            node.Span,
            $"invalid request target '{text}'",
            "it starts with '/', and other bytes than visible ASCII are percent-encoded"
        );
        return null;
    }
}
