using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>How responses are compressed.</summary>
/// <param name="Encodings">The codings; empty where the release has its own.</param>
/// <param name="Types">The media types.</param>
[TemplateView]
internal sealed partial record CompressView(IReadOnlyList<string> Encodings, IReadOnlyList<string> Types);
