namespace Confgen.Targets.Caddy.Views;

/// <summary>Probes in the background.</summary>
internal sealed record HealthView(string Uri, string Interval, string Timeout, string Status);
