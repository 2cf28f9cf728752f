namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>Which names the internet's DNS can have.</summary>
internal static class PublicNames
{
    // RFC 2606, RFC 6761, RFC 6762, RFC 7686, RFC 8375, and those that networks use without a registration.
    private static readonly HashSet<string> _private = new(StringComparer.Ordinal)
    {
        "test",
        "example",
        "invalid",
        "localhost",
        "local",
        "onion",
        "internal",
        "arpa",
        "lan",
        "home",
        "corp",
        "private",
        "intranet",
        "localdomain",
        "docker",
    };

    /// <summary>Whether the name is one of a private network, so that no public authority can vouch for it.</summary>
    public static bool IsPrivate(string name) =>
        _private.Contains(name[(name.LastIndexOf('.') + 1)..]) || !name.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether the name is there for documentation (RFC 2606).</summary>
    public static bool IsForDocumentation(string name) =>
        name is "example.com" or "example.net" or "example.org"
        || name.EndsWith(".example.com", StringComparison.Ordinal)
        || name.EndsWith(".example.net", StringComparison.Ordinal)
        || name.EndsWith(".example.org", StringComparison.Ordinal);

    /// <summary>Whether the name may be somebody's on the internet.</summary>
    public static bool IsPublic(string name) => !IsPrivate(name) && !IsForDocumentation(name);
}
