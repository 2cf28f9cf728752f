using System.Net;
using Confgen.Model.Sites;

namespace Confgen.Runtime;

/// <summary>An address that is listened on.</summary>
/// <param name="Address">What the spec says.</param>
/// <param name="EndPoint">What was bound.</param>
/// <param name="IsTls">Whether TLS is spoken there.</param>
/// <param name="IsHttp3">Whether HTTP/3 is spoken there as well, over UDP.</param>
public sealed record BoundAddress(ListenAddress Address, EndPoint EndPoint, bool IsTls, bool IsHttp3)
{
    /// <summary>Whether its connections are passed on as they are.</summary>
    public bool IsStream { get; init; }
}
