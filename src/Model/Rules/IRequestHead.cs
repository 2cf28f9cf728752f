using System.Net;
using Confgen.Model.Globs;

namespace Confgen.Model.Rules;

/// <summary>
/// What choosing a route asks of a request. The proxy implements it over the bytes it received, <c>explain</c> over a written request.
/// </summary>
public interface IRequestHead
{
    /// <summary>The normalised path: decoded, slashes merged, dot segments removed.</summary>
    ReadOnlySpan<byte> Path { get; }

    /// <summary>The raw query without its question mark; empty where there is none.</summary>
    ReadOnlySpan<byte> Query { get; }

    /// <summary>The method, with its case.</summary>
    ReadOnlySpan<byte> Method { get; }

    /// <summary>The client's address, after trusted proxies; null for one without, as on a unix socket.</summary>
    IPAddress? Client { get; }

    /// <summary>Whether a line of the header, whose name is compared without case, has a value that matches.</summary>
    bool HasHeader(string name, ValuePattern value);

    /// <summary>Whether a cookie of that name, with its case, has a value that matches; see <see cref="CookieField"/>.</summary>
    bool HasCookie(string name, ValuePattern value);
}
