using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Confgen.Model.Units;

/// <summary>Where a server listens and what it speaks.</summary>
/// <param name="Scheme">What it speaks.</param>
/// <param name="Host">The name or address, IPv6 without brackets; empty for a unix socket.</param>
/// <param name="Port">The port, 80 or 443 by its scheme unless written; 0 for a unix socket.</param>
/// <param name="SocketPath">The absolute path of a unix socket; else null.</param>
public sealed record ServerAddress(ServerScheme Scheme, string Host, int Port, string? SocketPath = null)
{
    /// <summary>Whether the host is an IP address.</summary>
    public bool IsAddress => IPAddress.TryParse(Host, out _);

    /// <summary>Host and port as in a URL, the port always written; the socket's path for a unix socket.</summary>
    public string HostPort => SocketPath ?? string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? "[" + Host + "]" : Host)}:{Port}");

    /// <summary>Reads a server's URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The address.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerAddress? value, out string? problem)
    {
        value = null;
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            string path = text["unix:".Length..];
            path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
            problem = path.StartsWith('/') && path.Length is > 1 and < 108 && path.All(c => c is > ' ' and not ('\x7F' or ':' or ';'))
                ? null : $"'{text}': a unix socket is unix:/run/app.sock, at most 107 characters";
            value = problem is null ? new ServerAddress(ServerScheme.Unix, "", 0, path) : null;
            return value is not null;
        }

        int sep = text.IndexOf("://", StringComparison.Ordinal);
        ServerScheme? scheme = sep < 0 ? null : text[..sep] switch { "http" => ServerScheme.Http, "https" => ServerScheme.Https, "h2c" => ServerScheme.H2c, _ => null };
        string rest = sep < 0 ? text : text[(sep + 3)..];
        problem = sep < 0 ? $"'{text}' has no scheme: write http://{text}"
            : scheme is null ? SchemeProblem(text[..sep], rest)
            : rest.Contains('@', StringComparison.Ordinal) ? $"'{text}' has credentials: set an Authorization header with 'headers: {{ request: ... }}'"
            : rest.AsSpan().IndexOfAny("/?#") is >= 0 and var end ? PathProblem(text, rest, end)
            : null;
        if (problem is not null || scheme is not { } known)
        {
            return false;
        }

        if (Split(rest) is not { } host)
        {
            problem = $"'{text}' has no valid host and port: write it as http://127.0.0.1:3000";
            return false;
        }

        value = new ServerAddress(known, host.Name, host.Port ?? (known == ServerScheme.Https ? 443 : 80));
        return true;
    }

    /// <summary>The URL.</summary>
    public override string ToString() => Scheme == ServerScheme.Unix ? "unix:" + SocketPath : Scheme switch
    {
        ServerScheme.Https => "https://",
        ServerScheme.H2c => "h2c://",
        _ => "http://",
    } + HostPort;

    private static string SchemeProblem(string scheme, string rest) => scheme switch
    {
        "ws" => $"write http://{rest}: a WebSocket starts as HTTP, and its upgrade passes",
        "wss" => $"write https://{rest}: a WebSocket starts as HTTP, and its upgrade passes",
        "grpc" => $"write h2c://{rest}: gRPC is HTTP/2",
        "grpcs" => $"write https://{rest}: gRPC is HTTP/2",
        _ => $"the scheme '{scheme}' is none of http, https, h2c and unix",
    };

    private static string PathProblem(string text, string rest, int end) => rest[end..] == "/"
        ? $"'{text}' ends with a '/': leave it out, so that it can't be mistaken for a path"
        : $"'{text}' has a path: write the server alone, and 'add_prefix' or 'replace_prefix' in the route";

    private static (string Name, int? Port)? Split(string authority)
    {
        string host = authority;
        int? port = null;
        int colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']') && colon >= 0)
        {
            if (!int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 65535)
            {
                return null;
            }

            (host, port) = (authority[..colon], number);
        }

        return HostPattern.TryParse(host, out HostPattern? name, out _) && name.Kind == HostPatternKind.Exact ? (name.Name.Trim('[', ']'), port) : null;
    }
}
