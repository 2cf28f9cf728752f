namespace Confgen.Runtime.Http2Frames;

/// <summary>What a side can set (RFC 9113, section 6.5.2; RFC 8441, section 3). Others are ignored.</summary>
internal enum Setting : ushort
{
    HeaderTableSize = 1,
    EnablePush = 2,
    MaxConcurrentStreams = 3,
    InitialWindowSize = 4,
    MaxFrameSize = 5,
    MaxHeaderListSize = 6,
    EnableConnectProtocol = 8,
}
