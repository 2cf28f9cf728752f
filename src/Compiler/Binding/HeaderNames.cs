using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding;

/// <summary>Names that HTTP wants to be tokens (RFC 9110, section 5.6.2).</summary>
internal static class HeaderNames
{
    public static readonly Rule BadToken = new("CFG0114", "bad-name", Severity.Error, "Invalid name of a header field, cookie or method")
    {
        Why =
            "Names of headers, cookies and methods consist of letters, digits and ``!#$%&'*+-.^_`|~``. A colon or a space would change "
            + "the message's structure.",
        Bad =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    headers: { response: { set: { \"X Frame\": DENY } } }\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    headers: { response: { set: { X-Frame: DENY } } }\n",
    };

    public static string? Token(BindingContext c, SyntaxNode? node, string expected)
    {
        if (node is null || ScalarReader.Text(c, node, expected) is not { } text)
        {
            return null;
        }

        if (IsToken(text))
        {
            return text;
        }

        string[] several = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        string dashed = text.Trim().Replace(' ', '-').TrimEnd(':');
        Advice advice =
            several.Length > 1 && text.Contains(',', StringComparison.Ordinal) && several.All(IsToken)
                ? EntryEdits.Several(c, node, several)
            : IsToken(dashed) ? Advice.Replace(node.Span, dashed)
            : new Advice("letters, digits and - _ . ! # $ % & ' * + ^ ` | ~ are allowed");
        c.Diagnostics.Report(BadToken, node.Span, $"'{text}' is not {expected}", advice);
        return null;
    }

    public static bool IsToken(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
