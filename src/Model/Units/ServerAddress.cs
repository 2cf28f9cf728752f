using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Confgen.Model.Units;

/// <summary>Where a server listens and what it speaks.</summary>
/// <param name="Scheme">What it speaks.</param>
/// <param name="Host">The name in lower case or the address, IPv6 without brackets; empty for a unix socket.</param>
/// <param name="Port">The port, 443 for https, 9000 for FastCGI and 80 otherwise unless written; 0 for a unix socket.</param>
/// <param name="SocketPath">The absolute path of a unix socket; else null.</param>
public sealed record ServerAddress(ServerScheme Scheme, string Host, int Port, string? SocketPath = null)
{
    // sockaddr_un.sun_path is 108 bytes on Linux, the final NUL included.
    private const int LongestSocketPath = 107;

    private const int FastCgiPort = 9000;

    private static readonly SearchValues<char> _notInSocketPath = SearchValues.Create(" :;{}\"'`\\$");

    /// <summary>Whether the host is an IP address.</summary>
    public bool IsAddress => IpAddresses.TryParse(Host, out _);

    /// <summary>Host and port as in a URL, the port always written; the socket's path for a unix socket.</summary>
    public string HostPort =>
        SocketPath
        ?? (
            Host.Contains(':', StringComparison.Ordinal)
                ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
                : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}")
        );

    /// <summary>Reads a server's URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The address.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    /// <param name="takesAll">Whether it may speak something else than HTTP: FastCGI, or what a stream carries.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerAddress? value, out string? problem, bool takesAll = false)
    {
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            return TryParseSocket(text, out value, out problem);
        }

        value = null;
        int end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
        {
            problem =
                text.StartsWith("unix/", StringComparison.Ordinal) ? $"{Shown.Text(text)}: write a unix socket as unix:/run/app.sock"
                : text.StartsWith('/') ? $"{Shown.Text(text)} has no scheme: write unix:{Short(text)} for a unix socket"
                : text.StartsWith(':') ? $"{Shown.Text(text)} has no scheme and no host: write http://127.0.0.1{Short(text)}"
                : $"{Shown.Text(text)} has no scheme: write http://{Short(WithoutHalfScheme(text))}";
            return false;
        }

        (string scheme, string authority) = (text[..end], text[(end + 3)..]);
        ServerScheme? known = scheme switch
        {
            "http" => ServerScheme.Http,
            "https" => ServerScheme.Https,
            "h2c" => ServerScheme.H2c,
            "fastcgi" when takesAll => ServerScheme.FastCgi,
            "tcp" when takesAll => ServerScheme.Tcp,
            _ => null,
        };
        problem = known is null ? UnknownScheme(text, scheme, authority) : Misplaced(text, scheme, authority);
        if (problem is not null || known is not { } wire)
        {
            return false;
        }

        ReadOnlySpan<char> host = authority;
        int port =
            wire == ServerScheme.Https ? 443
            : wire == ServerScheme.FastCgi ? FastCgiPort
            : 80;
        int colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']'))
        {
            host = host[..colon];
            if (
                !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
                || port is < 1 or > 65535
            )
            {
                problem = $"{Shown.Text(text)} has no port of 1 to 65535 behind its last colon";
                return false;
            }
        }
        else if (wire == ServerScheme.Tcp)
        {
            problem = $"{Shown.Text(text)} has no port: write tcp://127.0.0.1:2525";
            return false;
        }

        if (host.IsEmpty)
        {
            problem = $"{Shown.Text(text)} has no host: write {scheme}://127.0.0.1:{port}";
            return false;
        }

        if (host.Contains(':') && host is not ['[', .., ']'])
        {
            problem = $"{Shown.Text(text)}: write an IPv6 address in brackets, as {scheme}://[::1]:3000";
            return false;
        }

        if (HostNames.Canonical(host.ToString()) is not { } name || (name[0] == '[') != (host[0] == '['))
        {
            problem = $"{Shown.Text(text)} has no valid host: write it as {scheme}://127.0.0.1:3000 or {scheme}://app.internal:3000";
            return false;
        }

        value = new ServerAddress(wire, name[0] == '[' ? name[1..^1] : name, port);
        return true;
    }

    /// <summary>The URL, with its port unless it is the scheme's own.</summary>
    public override string ToString() =>
        Scheme switch
        {
            ServerScheme.Unix => "unix:" + SocketPath,
            ServerScheme.Https => "https://" + HostPort,
            ServerScheme.H2c => "h2c://" + HostPort,
            ServerScheme.FastCgi => "fastcgi://" + HostPort,
            ServerScheme.Tcp => "tcp://" + HostPort,
            _ => "http://" + HostPort,
        };

    private static bool TryParseSocket(string text, out ServerAddress? value, out string? problem)
    {
        string path = text["unix:".Length..];
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        problem =
            path is not ['/', not '/', ..] ? $"{Shown.Text(text)}: a unix socket has an absolute path, as unix:/run/app.sock"
            : Encoding.UTF8.GetByteCount(path) > LongestSocketPath
                ? $"{Shown.Text(text)}: the path of a unix socket has at most {LongestSocketPath} bytes"
            : path.AsSpan().IndexOfAny(_notInSocketPath) >= 0 || path.Any(char.IsControl)
                ? $"{Shown.Text(text)}: no blank, colon, semicolon, brace, quote, backslash or $ may stand in a socket's path"
            : null;
        value = problem is null ? new ServerAddress(ServerScheme.Unix, "", 0, path) : null;
        return value is not null;
    }

    private static string UnknownScheme(string text, string scheme, string rest) =>
        scheme.ToLowerInvariant() switch
        {
            "ws" => $"{Shown.Text(text)}: write http://{Short(rest)}; a WebSocket starts as HTTP, and its upgrade passes",
            "wss" => $"{Shown.Text(text)}: write https://{Short(rest)}; a WebSocket starts as HTTP, and its upgrade passes",
            "grpc" => $"{Shown.Text(text)}: write h2c://{Short(rest)}; gRPC is HTTP/2",
            "grpcs" => $"{Shown.Text(text)}: write https://{Short(rest)}; gRPC is HTTP/2",
            "fastcgi" => $"{Shown.Text(text)}: write 'fastcgi: {{ server: ... }}' for 'proxy'; what is asked here speaks HTTP",
            "tcp" => $"{Shown.Text(text)}: a stream carries TCP; what is asked here speaks HTTP",
            "http" or "https" or "h2c" => $"{Shown.Text(text)}: write the scheme in lower case",
            _ => $"{Shown.Text(text)}: the scheme is none of http, https, h2c and unix",
        };

    private static string? Misplaced(string text, string scheme, string authority)
    {
        if (authority.StartsWith("unix:", StringComparison.Ordinal))
        {
            return $"{Shown.Text(text)}: write a unix socket without http://, as unix:/run/app.sock";
        }

        int end = authority.AsSpan().IndexOfAny("/?#");
        ReadOnlySpan<char> server = end < 0 ? authority : authority.AsSpan(0, end);
        if (server.Contains('@'))
        {
            // The text isn't shown: it holds a password.
            return $"a server's URL has no credentials: write {scheme}://{Short(server[(server.LastIndexOf('@') + 1)..])} and set an "
                + $"Authorization header under headers.request.set";
        }

        return end < 0 ? null
            : end == authority.Length - 1 && authority[end] == '/'
                ? $"{Shown.Text(text)} ends with a '/', which some programs take for a path: write {scheme}://{Short(server)}"
            : authority[end] == '/'
                ? $"{Shown.Text(text)} has a path: write {scheme}://{Short(server)}; the request's path goes on as it is, "
                    + "unless the route's 'replace_prefix' or 'add_prefix' change it"
            : $"{Shown.Text(text)} has a query or a fragment: write {scheme}://{Short(server)}";
    }

    // "http//host" and "http:/host" were meant as a URL.
    private static string WithoutHalfScheme(string text) =>
        text.StartsWith("http:", StringComparison.Ordinal) || text.StartsWith("http/", StringComparison.Ordinal)
            ? text[5..].TrimStart('/')
            : text;

    private static string Short(ReadOnlySpan<char> text) => Shown.Text(text)[1..^1];
}
