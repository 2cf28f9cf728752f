using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Regexes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Reads regexes.</summary>
internal static class RegexReader
{
    public static readonly Rule BadRegex = new(
        "CFG0131",
        "bad-regex",
        Severity.Error,
        "A regex outside the subset that every program reads alike"
    )
    {
        Why =
            "A spec's regexes are the RE2 subset: no look-around, no back-references, no possessive or atomic groups. PCRE, RE2 and .NET "
            + "agree on what is left, and none of them can be made to run for ever by it.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { regex: '^/(?!admin)', proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { regex: '^/public', proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static RegexPattern? Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null || ScalarReader.Scalar(c, node, "a regex") is not { } scalar)
        {
            return null;
        }

        if (scalar.Value.StartsWith('~') || scalar.Value.StartsWith('='))
        {
            string bare =
                scalar.Value.TrimStart('~', '*', '=', '^', ' ') is var rest
                && scalar.Value.Contains('^', StringComparison.Ordinal)
                && !scalar.Value.StartsWith('=')
                    ? scalar.Value[scalar.Value.IndexOf('^', StringComparison.Ordinal)..]
                    : rest;
            bool folds = scalar.Value.StartsWith("~*", StringComparison.Ordinal);
            c.Diagnostics.Report(
                BadRegex,
                node.Span,
                $"'{scalar.Value.Split(' ')[0]}' is a modifier of nginx, no part of a regex",
                Advice.Replace(node.Span, $"'{(folds ? "(?i)" : "")}{bare.Replace("'", "''", StringComparison.Ordinal)}'")
            );
            return null;
        }

        if (RegexPattern.TryParse(scalar.Value, out RegexPattern? regex, out string? problem, out int offset))
        {
            return regex;
        }

        // The place within the text can be told where the scalar stands on one line and nothing in it was escaped.
        SourceSpan span = node.Span;
        bool verbatim = span.EndLine == span.Line && span.EndColumn - span.Column == scalar.Value.Length + (scalar.IsQuoted ? 2 : 0);
        if (verbatim)
        {
            int column = span.Column + offset + (scalar.IsQuoted ? 1 : 0);
            span = span with { Column = column, EndColumn = column + 1 };
        }

        ScalarReader.Refuse(c, BadRegex, span, problem);
        return null;
    }
}
