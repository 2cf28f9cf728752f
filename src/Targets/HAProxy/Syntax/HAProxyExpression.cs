namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>Reads a sample expression: a fetch and its converters, each with arguments in brackets.</summary>
internal static class HAProxyExpression
{
    /// <summary>What is wrong with an expression; null for nothing.</summary>
    public static string? Problem(string text)
    {
        int at = 0;
        for (bool first = true; ; first = false)
        {
            int start = at;
            while (at < text.Length && text[at] is not ('(' or ','))
            {
                at++;
            }

            string name = text[start..at];
            if (!(first ? HAProxyKeywords.IsFetch(name) : HAProxyKeywords.IsConverter(name)))
            {
                return $"unknown {(first ? "fetch" : "converter")} '{name}'";
            }

            if (at < text.Length && text[at] == '(' && !SkipArguments(text, ref at))
            {
                return $"the arguments of '{name}' are never closed";
            }

            if (at == text.Length)
            {
                return null;
            }

            if (text[at] != ',')
            {
                return $"expected ',' behind '{name}'";
            }

            at++;
        }
    }

    /// <summary>What is wrong with a format: with one of its <c>%[...]</c>; null for nothing.</summary>
    public static string? FormatProblem(string format)
    {
        for (int at = 0; at + 1 < format.Length; at++)
        {
            if (format[at] != '%')
            {
                continue;
            }

            at++;
            if (format[at] == '%')
            {
                continue;
            }

            int end = format[at] == '[' ? ClosingBracket(format, at) : -1;
            if (end < 0)
            {
                return "a '%' without its expression: write %% for the character";
            }

            if (Problem(format[(at + 1)..end]) is { } problem)
            {
                return problem;
            }

            at = end;
        }

        return format.EndsWith('%') && (format.Length - format.TrimEnd('%').Length) % 2 == 1 ? "a '%' at the end: write %%" : null;
    }

    // Brackets within quotes or within arguments are none.
    private static int ClosingBracket(string format, int start)
    {
        for (int at = start + 1; at < format.Length; at++)
        {
            if (format[at] == ']')
            {
                return at;
            }

            if (format[at] == '(')
            {
                if (!SkipArguments(format, ref at))
                {
                    return -1;
                }

                at--;
            }
        }

        return -1;
    }

    private static bool SkipArguments(string text, ref int at)
    {
        char quote = '\0';
        for (at++; at < text.Length; at++)
        {
            char c = text[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '\\')
            {
                at++;
            }
            else if (c == ')')
            {
                at++;
                return true;
            }
        }

        return false;
    }
}
