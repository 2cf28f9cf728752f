using System.Globalization;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads the addresses of servers (modules/caddyhttp/reverseproxy/addresses.go).</summary>
internal static class ServerUrl
{
    /// <summary>The URLs, one for each port of a range; empty, with the reason, where the address can't be said.</summary>
    public static IReadOnlyList<string> Of(string address, out string? problem)
    {
        problem = Placeholders.IsIn(address) ? "a server has a fixed address" : null;
        if (problem is not null)
        {
            return [];
        }

        // A variable that holds the scheme, too.
        if (address.StartsWith(OutputText.VariableSign) && EnvironmentMarks.WithDefaults(address).Contains("://", StringComparison.Ordinal))
        {
            return [address];
        }

        if (address.StartsWith("unix//", StringComparison.Ordinal))
        {
            return ["unix:" + address["unix/".Length..]];
        }

        if (address.StartsWith("unix+h2c/", StringComparison.Ordinal) || address.StartsWith("fd/", StringComparison.Ordinal))
        {
            problem = "a server speaks HTTP/1.1 on a unix socket";
            return [];
        }

        int at = address.IndexOf("://", StringComparison.Ordinal);
        string scheme = at < 0 ? "http" : address[..at];
        string authority = at < 0 ? address : address[(at + 3)..];
        authority = authority.TrimEnd('/');
        if (scheme is not ("http" or "https" or "h2c") || authority.Contains('/', StringComparison.Ordinal))
        {
            problem = scheme is "http" or "https" or "h2c" ? "a server's address has no path" : $"a server isn't reached by '{scheme}'";
            return [];
        }

        if (authority.StartsWith("tcp/", StringComparison.Ordinal))
        {
            authority = authority["tcp/".Length..];
        }

        authority = authority.StartsWith(':') ? "localhost" + authority : authority;
        string plain = EnvironmentMarks.WithDefaults(authority);
        bool hasPort = plain.LastIndexOf(':') > plain.LastIndexOf(']') || authority.EndsWith('}');

        // Without a scheme and a port it is port 80, and 443 means https.
        if (at < 0 && plain.EndsWith(":443", StringComparison.Ordinal))
        {
            scheme = "https";
        }

        if (
            hasPort
            && authority[(authority.LastIndexOf(':') + 1)..].Split('-') is [var first, var last]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int to)
            && to - from is >= 0 and < 100
        )
        {
            string host = authority[..authority.LastIndexOf(':')];
            return
            [
                .. Enumerable.Range(from, to - from + 1).Select(p => string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{p}")),
            ];
        }

        return [$"{scheme}://{authority}"];
    }
}
