namespace Confgen.Model.RequestTargets;

/// <summary>Refusals in words.</summary>
public static class TargetRefusalText
{
    /// <summary>What is wrong with the target, to be put behind "the target".</summary>
    public static string Describe(this TargetRefusal refusal) =>
        refusal switch
        {
            TargetRefusal.None => "is good",
            TargetRefusal.NotAPath => "is not a path",
            TargetRefusal.ForbiddenByte => "holds a control byte, a blank or '#'",
            TargetRefusal.BadEscape => "can't be decoded: a '%' stands without two hexadecimal digits",
            TargetRefusal.EncodedNul => "holds a NUL",
            _ => "has a '..' segment, which clients resolve before they send",
        };
}
