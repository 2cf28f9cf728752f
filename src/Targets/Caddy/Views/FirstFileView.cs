using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A file that is looked for.</summary>
/// <param name="Matcher">The name of its matcher.</param>
/// <param name="Path">Its path below the root.</param>
/// <param name="Rewriting">A regex and what replaces its match, which make it of the request's escaped path; null where it is that.</param>
/// <param name="MayBeDirectory">Whether the path may end with a slash, so that it is a directory's.</param>
[TemplateView]
internal sealed partial record FirstFileView(string Matcher, string Path, string? Rewriting, bool MayBeDirectory);
