using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>A target refuses the spec, for the reasons given.</summary>
internal sealed class NotServedException(IReadOnlyList<Diagnostic> reasons) : Exception("the target refuses the spec")
{
    public IReadOnlyList<Diagnostic> Reasons => reasons;
}
