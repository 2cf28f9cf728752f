namespace Confgen.Runtime.Http3;

/// <summary>The types of frames (RFC 9114, section 7.2).</summary>
internal static class FrameTypes
{
    /// <summary>A piece of a body.</summary>
    public const long Data = 0x0;

    /// <summary>A field section.</summary>
    public const long Headers = 0x1;

    /// <summary>A push that the client wants no longer.</summary>
    public const long CancelPush = 0x3;

    /// <summary>The settings.</summary>
    public const long Settings = 0x4;

    /// <summary>The promise of a push, a server's alone.</summary>
    public const long PushPromise = 0x5;

    /// <summary>Which requests are still answered.</summary>
    public const long GoAway = 0x7;

    /// <summary>How many pushes the client takes.</summary>
    public const long MaxPushId = 0xd;

    /// <summary>Whether the type has a meaning; every other is read over (RFC 9114, section 9).</summary>
    public static bool IsKnown(long type) =>
        type is Data or Headers or CancelPush or Settings or PushPromise or GoAway or MaxPushId || IsOfHttp2(type);

    /// <summary>Whether it is a type that only HTTP/2 has, which must not occur (RFC 9114, section 7.2.8).</summary>
    public static bool IsOfHttp2(long type) => type is 0x2 or 0x6 or 0x8 or 0x9;
}
