using Confgen.Model.Rules;

namespace Confgen.Model.Templates;

/// <summary>Which names the placeholders of a family may have.</summary>
internal static class PlaceholderNames
{
    // What a request says of its own connection, of which programs keep nothing, or something of their own.
    private static readonly string[] _elsewhere = ["Host", "Forwarded"];

    /// <summary>What is wrong with a placeholder's name, with the way out; null for nothing.</summary>
    public static string? Problem(TemplatePart part) =>
        part.Placeholder switch
        {
            Placeholder.Header when !IsToken(part.Name) => $"{part.Written} is not the name of a header field, as {{header.X-Mode}}",
            Placeholder.Header => ReservedHeader(part),
            Placeholder.Cookie when !IsToken(part.Name) => $"{part.Written} is not the name of a cookie, as {{cookie.session}}",
            Placeholder.QueryValue when !IsParameter(part.Name) =>
                $"{part.Written} is not the name of a query's parameter, as {{query.page}}; what a URL can't hold is percent-encoded",
            Placeholder.Group when part.Name.Length == 0 || !part.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') =>
                $"{part.Written} is not a group of a regex, as {{path.1}} or {{path.id}}",
            _ => null,
        };

    private static string? ReservedHeader(TemplatePart part)
    {
        string name = part.Name.Replace('_', '-');
        bool Is(IReadOnlyList<string> names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        return name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? $"{part.Written}: write {{host}}"
            : Is(ForwardedHeaders.Managed) || Is(ForwardedHeaders.Claims) || Is(_elsewhere)
                ? $"{part.Written} is what the request says of its own client, which anybody can make up: write {{client_ip}}, {{scheme}}, "
                    + "{host} or {port}"
            : Is(ForwardedHeaders.Dropped) || Is(ForwardedHeaders.Framing)
                ? $"{part.Written} belongs to the connection, and says nothing behind it: leave it out"
            : null;
    }

    // RFC 9110, section 5.6.2; RFC 6265, section 4.1.1, says the same of a cookie's name.
    private static bool IsToken(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    // RFC 3986, section 3.4, without what separates parameters from each other and names from values.
    private static bool IsParameter(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "-._~!$'()*+,;:@/?%[]".Contains(c, StringComparison.Ordinal));
}
