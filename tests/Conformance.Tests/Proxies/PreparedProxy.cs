using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A spec made ready for a program.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Files">The files that the program reads; none where it takes the spec itself, or where there are errors.</param>
/// <param name="Diagnostics">What the compiler says about this spec on this program.</param>
internal sealed record PreparedProxy(Spec Spec, IReadOnlyList<RenderedFile> Files, IReadOnlyList<Diagnostic> Diagnostics);
