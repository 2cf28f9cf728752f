using System.Net;
using Confgen.Model.Globs;
using Confgen.Model.Rules;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Routing;

/// <summary>What the rules ask of a request, over the bytes that were received.</summary>
internal readonly ref struct RouteHead(
    Request request,
    ReadOnlySpan<byte> path,
    ReadOnlySpan<byte> query,
    ReadOnlySpan<byte> method,
    IPAddress? client
) : IRequestHead
{
    /// <inheritdoc/>
    public ReadOnlySpan<byte> Path { get; } = path;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Query { get; } = query;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Method { get; } = method;

    /// <inheritdoc/>
    public IPAddress? Client { get; } = client;

    /// <inheritdoc/>
    public bool HasHeader(string name, ValuePattern value)
    {
        FieldList fields = request.Fields;
        for (int i = 0; i < fields.Count; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(fields.Name(i), name) && value.Matches(fields.Value(i)))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool HasCookie(string name, ValuePattern value) => Cookies.Have(request.Fields, name, value);

    /// <summary>The same request with another path.</summary>
    public RouteHead At(ReadOnlySpan<byte> other) => new(request, other, Query, Method, Client);
}
