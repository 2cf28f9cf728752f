using Confgen.Model.Catalogues;
using Confgen.Model.Diagnostics;

namespace Confgen.Targets;

/// <summary>The rules that targets report.</summary>
public static partial class TargetRules
{
    /// <summary>Each static field of type <see cref="Rule"/> in the targets.</summary>
    [EachField]
    public static partial Rule[] All();
}
