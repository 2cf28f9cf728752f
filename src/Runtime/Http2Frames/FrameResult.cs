namespace Confgen.Runtime.Http2Frames;

/// <summary>What the bytes that were received begin with.</summary>
internal enum FrameResult
{
    /// <summary>A part of a frame: more bytes are needed.</summary>
    Partial,

    /// <summary>A frame.</summary>
    Whole,

    /// <summary>A frame that is larger than this side allows (RFC 9113, section 4.2).</summary>
    TooLarge,
}
