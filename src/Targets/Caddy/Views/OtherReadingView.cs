using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Some paths, as quoted regexes.</summary>
/// <param name="Own">What the rules take for one of them.</param>
/// <param name="Other">What a lenient upstream could take for one.</param>
[TemplateView]
internal sealed partial record OtherReadingView(string Own, string Other);
