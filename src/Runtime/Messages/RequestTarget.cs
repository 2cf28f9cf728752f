namespace Confgen.Runtime.Messages;

/// <summary>The bytes of a target, before anything is decoded.</summary>
internal static class RequestTarget
{
    /// <summary>Whether it is a path with its query, without a control character, a blank or a fragment.</summary>
    public static bool IsOrigin(ReadOnlySpan<char> target) =>
        target is ['/', ..]
        && target.IndexOfAnyInRange('\0', ' ') < 0
        && target.IndexOfAny('\x7F', '#') < 0
        && target.IndexOfAnyInRange('\u0100', '\uFFFF') < 0;
}
