namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// Environment references, <c>{$NAME}</c> and <c>{$NAME:default}</c>. Caddy replaces them in the bytes of the file before it looks for
/// tokens, so quotes and comments don't stop them.
/// </summary>
internal static class CaddyEnvironment
{
    public const string Open = "{$";

    /// <summary>
    /// The text with its references replaced by their defaults. A reference without default stays: its value is not known here.
    /// </summary>
    public static string WithDefaults(string text)
    {
        int at = text.IndexOf(Open, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var result = new System.Text.StringBuilder(text.Length);
        int from = 0;
        while (at >= 0)
        {
            int close = text.IndexOf('}', at + Open.Length);
            if (close < 0)
            {
                break;
            }

            int colon = text.IndexOf(':', at, close - at);
            if (colon < 0)
            {
                result.Append(text, from, close + 1 - from);
            }
            else
            {
                result.Append(text, from, at - from).Append(text, colon + 1, close - colon - 1);
            }

            from = close + 1;
            at = text.IndexOf(Open, from, StringComparison.Ordinal);
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Whether each reference that starts in the text also ends in it.</summary>
    public static bool IsClosedIn(ReadOnlySpan<char> text)
    {
        int at;
        while ((at = text.IndexOf(Open, StringComparison.Ordinal)) >= 0)
        {
            int close = text[at..].IndexOf('}');
            if (close < 0)
            {
                return false;
            }

            text = text[(at + close + 1)..];
        }

        return true;
    }
}
