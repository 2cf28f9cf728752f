using System.Globalization;
using System.Net;

namespace Confgen.Model.Units;

/// <summary>The hosts that a site answers for: a name, an address, <c>*.example.com</c> or <c>_</c>.</summary>
/// <param name="Kind">The form.</param>
/// <param name="Name">The name in lower case and in its ASCII form; behind the star for a wildcard; empty for any.</param>
public sealed record HostPattern(HostPatternKind Kind, string Name)
{
    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = false };

    /// <summary>Every host that no other site takes.</summary>
    public static readonly HostPattern Any = new(HostPatternKind.Any, "");

    /// <summary>Whether the host, in lower case and without a port, is one of these.</summary>
    public bool Matches(ReadOnlySpan<char> host) => Kind switch
    {
        HostPatternKind.Exact => host.SequenceEqual(Name),
        HostPatternKind.Wildcard => host.Length > Name.Length + 1 && host.EndsWith(Name, StringComparison.Ordinal)
            && host.IndexOf('.') == host.Length - Name.Length - 1,
        _ => true,
    };

    /// <summary>Reads a host. Names outside ASCII become their IDNA form (RFC 5891).</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The host.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HostPattern? value, out string? problem)
    {
        problem = null;
        value = text == "_" ? Any : null;
        if (value is not null)
        {
            return true;
        }

        bool wildcard = text.StartsWith("*.", StringComparison.Ordinal);
        string name = wildcard ? text[2..] : text;
        problem = name switch
        {
            _ when text.Contains("://", StringComparison.Ordinal) => $"'{text}' has a scheme: write the host alone, as {Authority(text)}",
            "" or "*" => "for every host write '_'",
            _ when name.Contains('*', StringComparison.Ordinal) => $"'{text}': a star stands for the first label alone, as *.example.com",
            _ when name.Contains('/', StringComparison.Ordinal) => $"'{text}' has a path: paths are a site's routes",
            ['[', .., ']'] => null,
            _ when name.Contains(':', StringComparison.Ordinal) && !IPAddress.TryParse(name, out _) => $"'{text}' has a port: write it under 'listen'",
            ['.', ..] => $"'{text}' starts with a dot: write *.{name[1..]} for its subdomains",
            [.., '.'] => $"'{text}' ends with a dot: leave it out",
            _ => null,
        };
        if (problem is null && Canonical(name, wildcard) is { } canonical)
        {
            value = new HostPattern(wildcard ? HostPatternKind.Wildcard : HostPatternKind.Exact, canonical);
            return true;
        }

        problem ??= $"'{text}' is no host name: labels of letters, digits and '-', at most 63 characters each";
        return false;
    }

    /// <summary>The host as it is written.</summary>
    public override string ToString() => Kind switch { HostPatternKind.Any => "_", HostPatternKind.Wildcard => "*." + Name, _ => Name };

    private static string? Canonical(string name, bool wildcard)
    {
        string bare = name is ['[', .., ']'] ? name[1..^1] : name;
        if (bare.Contains(':', StringComparison.Ordinal))
        {
            return !wildcard && IPAddress.TryParse(bare, out IPAddress? v6) && !bare.Contains('%', StringComparison.Ordinal) ? "[" + v6 + "]" : null;
        }

        string ascii;
        try
        {
            ascii = _idn.GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        return ascii.Length <= 253 && ascii.Split('.').All(IsLabel) ? ascii : null;
    }

    // An underscore is no letter of host names, but names with it are in use.
    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Authority(string url)
    {
        string rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        int end = rest.AsSpan().IndexOfAny('/', ':', '?');
        return end < 0 ? rest : rest[..end];
    }
}
