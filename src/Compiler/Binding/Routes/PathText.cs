using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Reads paths of the spec.</summary>
internal static class PathText
{
    public static readonly Rule BadPath = new("CFG0118", "bad-path", Severity.Error, "A value that is no path")
    {
        Why = "A path starts with `/` and is compared with the normalised path of a request: decoded, slashes merged, dot segments removed. So it is written decoded, without `//`, `.` or `..` segments, query or fragment; anything else would never match.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: api, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /api, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    /// <summary>A path to compare with: decoded and normal.</summary>
    public static string? Matcher(BindingContext c, SyntaxNode? node)
    {
        if (node is null || ScalarReader.Text(c, node, "a path as /api") is not { } text)
        {
            return null;
        }

        (string? problem, string? hint) = text switch
        {
            ['/', ..] when text.Contains("/*", StringComparison.Ordinal) || text.EndsWith('*') => ("has a '*'", "a path takes everything below it anyway: write it without the '*'"),
            ['/', ..] when text.Contains("//", StringComparison.Ordinal) => ("has an empty segment", "slashes are merged before matching"),
            ['/', ..] when text.Split('/').Any(s => s is "." or "..") => ("has a dot segment", "dot segments are removed before matching"),
            ['/', ..] when Escape(text) is { } escape => ($"has the escape '{escape}'", $"it is compared with the decoded path: write '{Uri.UnescapeDataString(text)}'"),
            ['/', ..] when text.Contains('?', StringComparison.Ordinal) => ("has a query", "use 'match: { query: ... }'"),
            ['/', ..] when text.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0 || text.Contains('\x7F', StringComparison.Ordinal) => ("has a control character", null),
            ['/', ..] => (null, null),
            ['~', ..] or ['^', ..] => ("does not start with '/'", "for a regex write 'regex:' instead of 'path:'"),
            _ => ("does not start with '/'", $"write '/{text}'"),
        };
        if (problem is null)
        {
            return text.Length > 1 ? text.TrimEnd('/') : text;
        }

        c.Diagnostics.Report(BadPath, node.Span, $"the path '{text}' {problem}", hint);
        return null;
    }

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

        c.Diagnostics.Report(BadPath, node.Span, $"'{text}' is no request target", "it starts with '/', and other bytes than visible ASCII are percent-encoded");
        return null;
    }
}
