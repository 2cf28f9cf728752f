namespace Confgen.Compiler.Syntax;

internal static partial class YamlErrors
{
    // What the scanner says in its own words, said in the words of someone who writes a spec.
    private static string Plain(string words) =>
        words switch
        {
            _ when words.Contains("block mapping", StringComparison.Ordinal)
                    || words.Contains("block collection", StringComparison.Ordinal)
                    || words.Contains("not allowed in this context", StringComparison.Ordinal)
                    || words.Contains("indentation", StringComparison.Ordinal) => "this line doesn't fit the lines above it",
            _ when words.Contains("flow mapping", StringComparison.Ordinal) => "expected ',' or '}' here",
            _ when words.Contains("flow sequence", StringComparison.Ordinal) || words.Contains("flow entry", StringComparison.Ordinal) =>
                "expected ',' or ']' here",
            _ when words.Contains("anchor", StringComparison.Ordinal) || words.Contains("alias", StringComparison.Ordinal) =>
                "'&' and '*' start an anchor and an alias, and this is none",
            _ when words.Contains("block scalar", StringComparison.Ordinal) => "a text block that can't be read",
            _ when words.Contains("simple key", StringComparison.Ordinal) => "expected ':' behind the key",
            _ when words.Contains("directive", StringComparison.Ordinal) || words.Contains('%', StringComparison.Ordinal) =>
                "a line can't start with '%'",
            _ when words.Contains("tag", StringComparison.Ordinal) => "'!' starts a tag, and this is none",
            _ when words.Contains("comment", StringComparison.Ordinal) => "a comment can't stand here",
            _ => "this is not valid YAML",
        };

    private static string Hint(string words) =>
        words switch
        {
            _ when words.Contains("block", StringComparison.Ordinal)
                    || words.Contains("context", StringComparison.Ordinal)
                    || words.Contains("indentation", StringComparison.Ordinal) => "give it the same indentation as the keys around it",
            _ when words.Contains("comment", StringComparison.Ordinal) => "put a blank before the '#'",
            _ => "a value with special characters stands in quotes",
        };

    // A plain value up to where it ends: a comment, or the end of the flow collection that it stands in.
    private static string PlainValue(string text)
    {
        int comment = text.IndexOf(" #", StringComparison.Ordinal);
        string value = (comment < 0 ? text : text[..comment]).TrimEnd();
        int depth = 0;
        for (int i = 0; i < value.Length; i++)
        {
            depth +=
                value[i] is '{' or '[' ? 1
                : value[i] is '}' or ']' ? -1
                : 0;
            if (depth < 0 || (value[i] == ',' && depth == 0 && i + 1 < value.Length && value[i + 1] == ' '))
            {
                return value[..i].TrimEnd();
            }
        }

        return value;
    }
}
