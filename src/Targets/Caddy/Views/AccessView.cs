using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Access by the client's address.</summary>
/// <param name="Allow">The addresses that may; null for all.</param>
/// <param name="Deny">The addresses that may not; null for none.</param>
/// <param name="ParsesForwarded">Whether the address is looked for in X-Forwarded-For, into which the client's is put for that.</param>
/// <param name="AsksClient">Whether the release knows the client behind trusted proxies; else the peer is meant.</param>
/// <param name="IsEnough">Whether other clients are asked for credentials instead of being refused.</param>
[TemplateView]
internal sealed partial record AccessView(string? Allow, string? Deny, bool ParsesForwarded, bool AsksClient, bool IsEnough);
