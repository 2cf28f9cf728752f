using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>How many requests may come.</summary>
/// <param name="Average">So many.</param>
/// <param name="Period">In this time.</param>
/// <param name="Burst">So many at once.</param>
/// <param name="Header">The field that is counted by; null for the client's address.</param>
/// <param name="Proxies">The trusted proxies; empty for none.</param>
[TemplateView]
internal sealed partial record RateLimitView(long Average, string Period, long Burst, string? Header, IReadOnlyList<string> Proxies);
