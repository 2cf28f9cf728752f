using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Reads texts with placeholders.</summary>
internal static class TemplateReader
{
    public static readonly Rule BadTemplate = new("CFG0129", "bad-template", Severity.Error, "A text with a placeholder that doesn't exist")
    {
        Why =
            "In values `{name}` is replaced: `{request_id}`, `{client_ip}`, `{host}`, `{port}`, `{scheme}`, `{method}`, `{path}`, `{uri}`, "
            + "`{query}`, `{upstream_hostport}`, and by name `{header.X-Mode}`, `{cookie.session}`, `{query.page}`, and `{path.1}` or "
            + "`{path.id}` for a group of the route's regex. Fields that say who "
            + "the client is, as `X-Forwarded-For`, and those of the connection can't be named. A literal brace is written twice: `{{`.",
        Bad =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    headers: { request: { set: { X-Real: \"{clientip}\" } } }\n",
        Good =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    headers: { request: { set: { X-Real: \"{client_ip}\" } } }\n",
    };

    public static readonly Rule BadHeaderValue = new("CFG0130", "bad-header-value", Severity.Error, "Invalid header field value")
    {
        Why =
            "A line break, a NUL or another control character in a value would end the header and start another (RFC 9110, section 5.5). "
            + "Leading and trailing spaces are not part of a value.",
        Bad =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    headers: { response: { set: { X-Note: \"one\\ntwo\" } } }\n",
        Good =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    headers: { response: { set: { X-Note: \"one two\" } } }\n",
    };

    public static TextTemplate? Bind(BindingContext c, SyntaxNode node, bool header)
    {
        // A value may be empty, and a number is a text here.
        if (node is ScalarSyntax { IsUnresolved: true })
        {
            return null;
        }

        if (node is not ScalarSyntax scalar || (scalar.IsNull && !scalar.IsQuoted && scalar.Value.Length > 0))
        {
            c.Diagnostics.Report(ValueRules.WrongType, node.Span, $"expected a text, found {node.Kind}");
            return null;
        }

        if (header && !IsHeaderText(c, scalar))
        {
            return null;
        }

        if (TextTemplate.TryParse(scalar.Value, out TextTemplate? template, out string? problem))
        {
            return template;
        }

        ScalarReader.Refuse(c, BadTemplate, node.Span, problem);
        return null;
    }

    /// <summary>A header's value without placeholders.</summary>
    public static string? HeaderText(BindingContext c, SyntaxNode node) =>
        ScalarReader.Scalar(c, node, "a text") is { } scalar && IsHeaderText(c, scalar) ? scalar.Value : null;

    private static bool IsHeaderText(BindingContext c, ScalarSyntax scalar)
    {
        bool good = !scalar.Value.Any(ch => ch is < ' ' and not '\t' or '\x7F') && scalar.Value.Trim(' ', '\t') == scalar.Value;
        if (!good)
        {
            c.Diagnostics.Report(
                BadHeaderValue,
                scalar.Span,
                "a control character, or a space at the start or the end",
                "write it on one line"
            );
        }

        return good;
    }
}
