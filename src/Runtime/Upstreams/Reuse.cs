namespace Confgen.Runtime.Upstreams;

/// <summary>Which kept connections a request may go out on.</summary>
internal enum Reuse
{
    /// <summary>Any: the request can be sent again where the server has closed it in this moment.</summary>
    Any,

    /// <summary>One on which the server has shown that it keeps connections: the request can't be sent again.</summary>
    Proven,

    /// <summary>None: a kept one was just found closed.</summary>
    None,
}
