namespace Confgen.Runtime.Messages;

/// <summary>What a step of reading a chunked body found.</summary>
internal enum ChunkStep
{
    /// <summary>More bytes are needed.</summary>
    Partial,

    /// <summary>A piece of the body.</summary>
    Data,

    /// <summary>The last chunk and the trailers were read.</summary>
    End,

    /// <summary>The bytes are no chunked body.</summary>
    Malformed,
}
