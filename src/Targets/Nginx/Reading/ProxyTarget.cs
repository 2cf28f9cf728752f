namespace Confgen.Targets.Nginx.Reading;

/// <summary>What a <c>proxy_pass</c> says.</summary>
/// <param name="Scheme">As the spec writes it.</param>
/// <param name="Authority">Host and port, or the path of a unix socket.</param>
/// <param name="Path">The URI behind it; empty where there is none.</param>
/// <param name="HasVariables">Whether the argument has variables: then the URI replaces the whole target.</param>
internal sealed record ProxyTarget(string Scheme, string Authority, string Path, bool HasVariables)
{
    /// <summary>The server's URL as a spec writes it.</summary>
    public string Url => Scheme == "unix" ? "unix:" + Authority : $"{Scheme}://{Authority}";

    /// <summary>Reads the argument; null where it isn't known.</summary>
    /// <param name="text">The argument, with the configuration's own variables replaced.</param>
    /// <param name="hasVariables">Whether it had any.</param>
    public static ProxyTarget? Read(string text, bool hasVariables)
    {
        int end = text.IndexOf("://", StringComparison.Ordinal);
        string scheme = end < 0 ? "" : text[..end];
        string rest = end < 0 ? text : text[(end + 3)..];
        if (rest.StartsWith("unix:", StringComparison.Ordinal))
        {
            string socket = rest["unix:".Length..];
            int colon = socket.IndexOf(':', StringComparison.Ordinal);
            return scheme == "http"
                ? new ProxyTarget("unix", colon < 0 ? socket : socket[..colon], colon < 0 ? "" : socket[(colon + 1)..], hasVariables)
                : null;
        }

        string? known = scheme switch
        {
            "http" or "https" => scheme,
            "grpc" or "" => "h2c",
            "grpcs" => "https",
            _ => null,
        };
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? rest : rest[..slash];
        return known is null || authority.Length == 0 || authority.AsSpan().ContainsAny('$', '?', '#')
            ? null
            : new ProxyTarget(known, authority, slash < 0 ? "" : rest[slash..], hasVariables);
    }
}
