using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>A frontend or a backend that passes on bytes.</summary>
/// <param name="Kind"><c>frontend</c> or <c>backend</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="About">The stream in the spec; null where the section before says it.</param>
/// <param name="Lines">What stands in it.</param>
[TemplateView]
internal sealed partial record StreamSectionView(string Kind, string Name, string? About, IReadOnlyList<string> Lines);
