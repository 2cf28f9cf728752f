namespace Confgen.Model.RequestTargets;

/// <summary>Why a request target is refused with 400 on every route.</summary>
public enum TargetRefusal
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>It is neither a path nor an http URL: <c>*</c>, the authority of a CONNECT, nothing at all.</summary>
    NotAPath,

    /// <summary>It holds a control byte, a blank or <c>#</c>.</summary>
    ForbiddenByte,

    /// <summary>A <c>%</c> in its path is not followed by two hexadecimal digits.</summary>
    BadEscape,

    /// <summary>Its path decodes to a NUL.</summary>
    EncodedNul,

    /// <summary>Its path has a segment <c>..</c>, in whatever spelling.</summary>
    DotDotSegment,
}
