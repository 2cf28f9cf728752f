namespace Confgen.Runtime.Http2Frames;

/// <summary>A stream that DATA is sent on.</summary>
internal interface ISendStream
{
    /// <summary>How many bytes of DATA the peer still takes on it; below 0 after it has lowered its setting.</summary>
    long SendWindow { get; set; }
}
