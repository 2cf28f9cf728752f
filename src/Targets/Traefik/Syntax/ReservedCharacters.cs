namespace Confgen.Targets.Traefik.Syntax;

/// <summary>
/// The characters whose escapes stay escapes in the path that Traefik chooses routers by, since 3.4.1: RFC 3986's reserved ones and the
/// percent sign.
/// </summary>
internal static class ReservedCharacters
{
    /// <summary>All of them.</summary>
    public const string All = ":/?#[]@!$&'()*+,;=%";

    /// <summary>Whether the character is one of them.</summary>
    public static bool Contains(int c) => c < 128 && All.Contains((char)c, StringComparison.Ordinal);

    /// <summary>The character's escape.</summary>
    public static string Escape(int c) => string.Create(null, $"%{c:X2}");
}
