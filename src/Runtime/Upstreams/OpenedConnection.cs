using System.Net;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>What came of opening a connection.</summary>
/// <param name="Connection">The connection; null where there is none.</param>
/// <param name="EndPoint">The address that it was made to; null behind a tunnel.</param>
/// <param name="Error">Why there is none; else null.</param>
internal readonly record struct OpenedConnection(Connection? Connection, EndPoint? EndPoint, UpstreamError? Error)
{
    /// <summary>No connection.</summary>
    public OpenedConnection(UpstreamError error)
        : this(null, null, error) { }
}
