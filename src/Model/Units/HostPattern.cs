using System.Diagnostics.CodeAnalysis;

namespace Confgen.Model.Units;

/// <summary>The hosts that a site answers for: a name, an address, <c>*.example.com</c>, <c>app.*</c> or <c>_</c>.</summary>
/// <param name="Kind">The form.</param>
/// <param name="Name">The name in lower case and in its ASCII form, IPv6 in brackets; behind or before the star and its dot for a
/// wildcard; empty for any.</param>
public sealed record HostPattern(HostPatternKind Kind, string Name)
{
    /// <summary>Every host that no other site takes.</summary>
    public static readonly HostPattern Any = new(HostPatternKind.Any, "");

    /// <summary>
    /// Whether the host, in lower case and without a port, is one of these. A star in front stands for exactly one label (RFC 6125,
    /// section 6.4.3), one at the end for one or several.
    /// </summary>
    public bool Matches(ReadOnlySpan<char> host) =>
        Kind switch
        {
            HostPatternKind.Exact => host.SequenceEqual(Name),
            HostPatternKind.Wildcard => host.Length > Name.Length + 1
                && host.IndexOf('.') == host.Length - Name.Length - 1
                && host.EndsWith(Name, StringComparison.Ordinal),
            HostPatternKind.Trailing => host.Length > Name.Length + 1
                && host[Name.Length] == '.'
                && host.StartsWith(Name, StringComparison.Ordinal),
            _ => true,
        };

    /// <summary>
    /// The one host that both a leading and a trailing star take, as <c>app.example.com</c> of <c>*.example.com</c> and <c>app.*</c>; null
    /// where there is none.
    /// </summary>
    public static string? Both(HostPattern leading, HostPattern trailing)
    {
        int dot = trailing.Name.IndexOf('.', StringComparison.Ordinal);
        string host = (dot < 0 ? trailing.Name : trailing.Name[..dot]) + "." + leading.Name;
        return trailing.Matches(host) ? host : null;
    }

    /// <summary>Reads a host. A name outside ASCII becomes its IDNA form (RFC 5891).</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The host.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPattern? value, out string? problem)
    {
        value = null;
        problem = null;
        if (text == "_")
        {
            value = Any;
            return true;
        }

        bool wildcard = text.StartsWith("*.", StringComparison.Ordinal);
        bool trailing = !wildcard && text.Length > 2 && text.EndsWith(".*", StringComparison.Ordinal);
        string name =
            wildcard ? text[2..]
            : trailing ? text[..^2]
            : text;
        problem = Misplaced(text, name);
        if (problem is not null)
        {
            return false;
        }

        string? canonical = HostNames.Canonical(name);
        if (canonical is null || ((wildcard || trailing) && (canonical[0] == '[' || IpAddresses.TryParse(canonical, out _))))
        {
            problem =
                canonical is not null ? $"{Shown.Text(text)}: an address has no part that a star could stand for"
                : !System.Text.Ascii.IsValid(name)
                    ? $"{Shown.Text(text)} has characters that not every program turns into the same name: write its ASCII form, which "
                        + $"starts with xn--"
                : $"invalid host name {Shown.Text(text)}: it has labels of letters, digits and '-', at most 63 characters each, and no "
                    + $"numbers alone at its end";
            return false;
        }

        HostPatternKind kind =
            wildcard ? HostPatternKind.Wildcard
            : trailing ? HostPatternKind.Trailing
            : HostPatternKind.Exact;
        value = new HostPattern(kind, canonical);
        return true;
    }

    /// <summary>The host as it is written.</summary>
    public override string ToString() =>
        Kind switch
        {
            HostPatternKind.Any => "_",
            HostPatternKind.Wildcard => "*." + Name,
            HostPatternKind.Trailing => Name + ".*",
            _ => Name,
        };

    // What people write into a host that belongs elsewhere.
    private static string? Misplaced(string text, string name)
    {
        if (text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
        {
            ReadOnlySpan<char> rest = text.AsSpan(scheme + 3);
            int end = rest.IndexOfAny('/', ':', '?');
            return $"{Shown.Text(text)} has a scheme: write the host "
                + $"alone{(end == 0 || rest.IsEmpty ? "" : $", {Shown.Text(end < 0 ? rest : rest[..end])}")}";
        }

        return name switch
        {
            "" => "an empty host: write the name, or '_' for every other host",
            "*" => "for every host write '_'",
            _ when name.Contains('*', StringComparison.Ordinal) =>
                $"{Shown.Text(text)}: a star stands for the whole first label, as in *.example.com, or for the last ones, as in app.*",
            _ when name.Contains('/', StringComparison.Ordinal) => $"{Shown.Text(text)} has a path: paths belong to the site's routes",
            _ when name.Contains('@', StringComparison.Ordinal) => $"{Shown.Text(text)} has credentials: write the host alone",
            ['.', _, ..] => $"{Shown.Text(text)} starts with a dot: write *{(name.Length > 80 ? ".example.com" : name)} for its subdomains",
            [_, .., '.'] => $"{Shown.Text(text)} ends with a dot: leave it out",
            _ when HasPort(name) => $"{Shown.Text(text)} has a port: write it under 'listen'",
            _ => null,
        };
    }

    private static bool HasPort(string name)
    {
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf(']') && colon == name.IndexOf(':', name[0] == '[' ? name.LastIndexOf(']') + 1 : 0);
    }
}
