namespace Confgen.Runtime.Messages;

/// <summary>How the end of a body is known.</summary>
internal enum BodyFraming
{
    /// <summary>There is no body.</summary>
    None,

    /// <summary>By its length, which the head says.</summary>
    Counted,

    /// <summary>By the last chunk, or the end of an HTTP/2 stream.</summary>
    Chunked,

    /// <summary>By the end of the connection: answers of HTTP/1.0 servers.</summary>
    UntilClose,
}
