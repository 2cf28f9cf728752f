using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>What other origins may.</summary>
/// <param name="Origins">Who.</param>
/// <param name="Methods">Methods.</param>
/// <param name="Headers">Fields of requests.</param>
/// <param name="Exposed">Fields of responses.</param>
/// <param name="Credentials">Whether with credentials.</param>
/// <param name="MaxAge">How many seconds this holds; null for the browser's own.</param>
/// <param name="Varies">Whether responses differ between origins.</param>
[TemplateView]
internal sealed partial record CorsView(
    IReadOnlyList<string> Origins,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Headers,
    IReadOnlyList<string> Exposed,
    bool Credentials,
    long? MaxAge,
    bool Varies
);
