namespace Confgen.Runtime.Upstreams;

/// <summary>Whether a request that failed may be sent again, to another server or over another connection.</summary>
internal enum RetryRule
{
    /// <summary>Never: the server has begun to respond, or may have done what was asked.</summary>
    Never,

    /// <summary>Only where the method is idempotent (RFC 9110, section 9.2.2): the server may have received the request.</summary>
    IfIdempotent,

    /// <summary>Always: the server didn't receive the request.</summary>
    Always,
}
