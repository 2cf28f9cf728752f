namespace Confgen.Runtime.Http2Frames;

/// <summary>The types of frames (RFC 9113, section 6). A peer may send others, which are ignored (section 5.5).</summary>
internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    Priority = 2,
    ResetStream = 3,
    Settings = 4,
    PushPromise = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}
