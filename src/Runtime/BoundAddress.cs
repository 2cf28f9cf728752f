using System.Net;
using Confgen.Model.Sites;

namespace Confgen.Runtime;

/// <summary>An address that is listened on.</summary>
/// <param name="Address">What the spec says.</param>
/// <param name="EndPoint">What was bound.</param>
/// <param name="IsTls">Whether TLS is spoken there.</param>
public sealed record BoundAddress(ListenAddress Address, EndPoint EndPoint, bool IsTls);
