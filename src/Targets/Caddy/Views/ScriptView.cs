using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A script, by the parameters that say which it is.</summary>
/// <param name="Matcher">The matcher of its requests; empty for all.</param>
/// <param name="Name">Its path.</param>
/// <param name="File">Its file at the servers.</param>
/// <param name="PathInfo">What follows it in the path; null for nothing.</param>
[TemplateView]
internal sealed partial record ScriptView(string Matcher, string Name, string File, string? PathInfo = null);
