namespace Confgen.Targets.Caddy.Labels;

/// <summary>A label of caddy-docker-proxy.</summary>
/// <param name="Name">Its name: the path of a directive, as <c>caddy_0.1_handle.2_respond</c>.</param>
/// <param name="Value">The directive's arguments, in which Go's templates are expanded.</param>
internal sealed record CaddyLabel(string Name, string Value);
