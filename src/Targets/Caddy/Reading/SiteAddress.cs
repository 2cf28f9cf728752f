using System.Net;
using Confgen.Model.Units;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>
/// An address of a site (caddyconfig/httpcaddyfile/addresses.go): scheme, host, port and path, each of which may be left out.
/// </summary>
/// <param name="Host">The host as a spec writes it; <c>_</c> for every host.</param>
/// <param name="Port">The port.</param>
/// <param name="Path">The path pattern, or an empty text.</param>
/// <param name="HasTls">Whether clients speak TLS.</param>
/// <param name="IsManaged">Whether Caddy gets a certificate for it, and redirects plain requests there.</param>
/// <param name="IsLocal">Whether that is one of its own authority.</param>
internal sealed record SiteAddress(string Host, string Port, string Path, bool HasTls, bool IsManaged, bool IsLocal)
{
    /// <summary>Reads an address; null, with the reason, where a spec can't have it.</summary>
    public static SiteAddress? Read(string text, GlobalOptions options, out string? problem)
    {
        problem = null;
        (string scheme, string rest) = text.Split("://", 2) is [var before, var after] ? (before, after) : ("", text);
        scheme = EnvironmentMarks.WithDefaults(scheme).ToLowerInvariant();
        string authority = Authority(rest);
        string path = rest[authority.Length..];
        int colon = Colon(authority);
        string host = colon < 0 ? authority : authority[..colon];
        string port = colon < 0 ? "" : authority[(colon + 1)..];
        string plainPort = EnvironmentMarks.WithDefaults(port);
        host =
            host.Trim('[', ']') is { } bare && IPAddress.TryParse(bare, out _) && bare.Contains(':')
                ? $"[{bare}]"
                : host.ToLowerInvariant();
        string plainHost = EnvironmentMarks.WithDefaults(host);
        if (EnvironmentMarks.IsIn(host))
        {
            // Names of variables have their case.
            host = colon < 0 ? authority : authority[..colon];
        }
        else if (host.Length == 0 || host is "*" or "0.0.0.0" or "[::]")
        {
            host = "_";
        }
        else if (!HostPattern.TryParse(host, out _, out problem))
        {
            return null;
        }

        bool isPlain = scheme == "http" || (scheme.Length == 0 && plainPort == options.HttpPort);
        bool isCatchAll = host == "_";
        bool hasTls = !isPlain && (!isCatchAll || scheme == "https" || plainPort == options.HttpsPort);
        if (plainPort.Length == 0)
        {
            port = isPlain ? options.HttpPort : options.HttpsPort;
            hasTls &= !isCatchAll || scheme == "https";
        }

        bool isManaged = hasTls && !isCatchAll && options.AutoHttps != "off";
        return new SiteAddress(host, port, path, hasTls, isManaged, options.HasLocalCertificates || IsLocalName(plainHost, host));
    }

    // A path begins behind the variables of the environment that the host may hold.
    private static string Authority(string rest)
    {
        int depth = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            depth += rest[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (rest[i] == '/' && depth == 0)
            {
                return rest[..i];
            }
        }

        return rest;
    }

    private static int Colon(string authority)
    {
        int depth = 0;
        int found = -1;
        for (int i = 0; i < authority.Length; i++)
        {
            depth += authority[i] switch
            {
                '{' or '[' => 1,
                '}' or ']' => -1,
                _ => 0,
            };
            found = authority[i] == ':' && depth == 0 ? i : found;
        }

        return authority.Count(c => c == ':') > 1 && !authority.Contains('[') && !EnvironmentMarks.IsIn(authority) ? -1 : found;
    }

    // Names for which no public authority gives certificates (certmagic, SubjectIsInternal and SubjectIsIP).
    private static bool IsLocalName(string plain, string host)
    {
        string name = plain.Length > 0 ? plain : host;
        return name is "localhost"
            || name.EndsWith(".localhost", StringComparison.Ordinal)
            || name.EndsWith(".local", StringComparison.Ordinal)
            || name.EndsWith(".internal", StringComparison.Ordinal)
            || name.EndsWith(".home.arpa", StringComparison.Ordinal)
            || IPAddress.TryParse(name.Trim('[', ']'), out _)
            || (plain.Length > 0 && !plain.Contains('.', StringComparison.Ordinal));
    }
}
