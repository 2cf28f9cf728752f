using System.Buffers;

namespace Confgen.Model.Units;

/// <summary>What HTTP allows in names and values.</summary>
public static class HttpTokens
{
    private static readonly SearchValues<char> _token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private static readonly SearchValues<char> _cookieValue = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    );

    /// <summary>Whether the text is a token (RFC 9110, section 5.6.2): what methods, header names and cookie names must be.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && text.IndexOfAnyExcept(_token) < 0;

    /// <summary>
    /// Whether the text may be a header's value (RFC 9110, section 5.5): no control character but the tab, and no blank at its ends.
    /// Bytes outside ASCII are obsolete there but do occur; they pass.
    /// </summary>
    public static bool IsFieldValue(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is (< ' ' and not '\t') or '\x7F')
            {
                return false;
            }
        }

        return text.IsEmpty || (text[0] is not (' ' or '\t') && text[^1] is not (' ' or '\t'));
    }

    /// <summary>Whether the text may be a cookie's value without quotes (RFC 6265, section 4.1.1).</summary>
    public static bool IsCookieValue(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(_cookieValue) < 0;
}
