using System.Buffers;

namespace Confgen.Model.RequestTargets;

/// <summary>
/// Looks at a raw target in origin form, a character for each byte (Latin-1), without an allocation: whether it is refused, where its
/// path ends, and whether that path is its own normal form, as nearly all are.
/// </summary>
public readonly record struct TargetInspection
{
    // Visible ASCII but '#'.
    private static readonly SearchValues<char> _visible = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    );

    // What browsers send in a path although RFC 3986 doesn't allow it. Brackets are not in it: all programs pass them.
    private static readonly SearchValues<char> _plainPath = SearchValues.Create(
        "!$%&'()*+,-./0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~"
    );

    private TargetInspection(TargetRefusal refusal, int pathLength, bool isNormal) =>
        (Refusal, PathLength, IsNormal) = (refusal, pathLength, isNormal);

    /// <summary>Why the target is refused, or <see cref="TargetRefusal.None"/>.</summary>
    public TargetRefusal Refusal { get; }

    /// <summary>The length of the raw path: up to the first question mark.</summary>
    public int PathLength { get; }

    /// <summary>Whether the raw path is its own normal form.</summary>
    public bool IsNormal { get; }

    /// <summary>Looks at a target.</summary>
    public static TargetInspection Of(ReadOnlySpan<char> target)
    {
        if (target is not ['/', ..])
        {
            return new TargetInspection(TargetRefusal.NotAPath, 0, isNormal: false);
        }

        if (target.IndexOfAnyExcept(_visible) is >= 0 and var first && HasForbidden(target[first..]))
        {
            return new TargetInspection(TargetRefusal.ForbiddenByte, 0, isNormal: false);
        }

        int question = target.IndexOf('?');
        ReadOnlySpan<char> path = question < 0 ? target : target[..question];
        if (path.IndexOfAny('%', '\\') < 0 && path.IndexOf("/.") < 0)
        {
            return new TargetInspection(TargetRefusal.None, path.Length, path.IndexOf("//") < 0);
        }

        return new TargetInspection(Refuse(path), path.Length, isNormal: false);
    }

    /// <summary>
    /// Whether the raw path holds bytes that RFC 3986 doesn't allow but browsers send: <c>" &lt; &gt; \ ^ { | }</c>, a backquote, raw
    /// UTF-8. Such a target is refused on routes with a guard and on transparent ones, since a program may encode them on the way.
    /// </summary>
    public static bool HasOddBytes(ReadOnlySpan<char> rawPath) => rawPath.IndexOfAnyExcept(_plainPath) >= 0;

    private static bool HasForbidden(ReadOnlySpan<char> rest)
    {
        foreach (char c in rest)
        {
            if (c is <= ' ' or '\x7F' or '#' or > '\xFF')
            {
                return true;
            }
        }

        return false;
    }

    // One pass: each escape is valid and no NUL, and no segment is "..", whether '/' or '\', bare or encoded, bounds it.
    private static TargetRefusal Refuse(ReadOnlySpan<char> path)
    {
        int dots = -1; // dots so far in a segment of nothing else; -1 in another one
        for (int at = 0; at < path.Length; at++)
        {
            int b = path[at];
            if (b == '%')
            {
                b = PercentCode.Escape(path, at);
                if (b <= 0)
                {
                    return b < 0 ? TargetRefusal.BadEscape : TargetRefusal.EncodedNul;
                }

                at += 2;
            }

            if (b is '/' or '\\')
            {
                if (dots == 2)
                {
                    return TargetRefusal.DotDotSegment;
                }

                dots = 0;
            }
            else
            {
                dots = b == '.' && dots is 0 or 1 ? dots + 1 : -1;
            }
        }

        return dots == 2 ? TargetRefusal.DotDotSegment : TargetRefusal.None;
    }
}
