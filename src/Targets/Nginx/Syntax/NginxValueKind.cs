namespace Confgen.Targets.Nginx.Syntax;

/// <summary>What nginx accepts as a directive's arguments.</summary>
internal enum NginxValueKind
{
    /// <summary>Anything, or what only the directive itself can judge.</summary>
    Text,

    /// <summary><c>on</c> or <c>off</c>.</summary>
    Flag,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>Bytes, with <c>k</c> or <c>m</c>.</summary>
    Size,

    /// <summary>Bytes, with <c>k</c>, <c>m</c> or <c>g</c>.</summary>
    Offset,

    /// <summary>A time to the millisecond.</summary>
    Time,

    /// <summary>A time to the second.</summary>
    Seconds,

    /// <summary>A number and a size.</summary>
    Buffers,

    /// <summary>One of the listed words.</summary>
    One,

    /// <summary>Some of the listed words.</summary>
    Some,
}
