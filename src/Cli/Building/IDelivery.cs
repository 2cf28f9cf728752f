using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Building;

/// <summary>The last step of a build without errors.</summary>
internal interface IDelivery
{
    /// <summary>Brings what was rendered to its place, and says so.</summary>
    /// <returns>The exit code, and what became of each file.</returns>
    (int Code, IReadOnlyList<ReportedFile> Files) Deliver(SpecInput input, Compilation compilation, IReadOnlyList<RenderResult> results);
}
