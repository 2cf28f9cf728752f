namespace Confgen.Targets.Traefik.Reading;

/// <summary>Where Traefik listens.</summary>
/// <param name="name">Its name.</param>
/// <param name="key">What the static configuration says of it; null where it isn't there.</param>
internal sealed class EntryPoint(string name, SourceKey? key)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What the static configuration says of it; null where it isn't there.</summary>
    public SourceKey? Key => key;

    /// <summary>Whether routers that say nothing of TLS have it here.</summary>
    public bool HasTls => key?["http.tls"] is { IsFalse: false };

    /// <summary>The entry point that all its requests are sent to; null for none.</summary>
    public string? RedirectsTo => key?["http.redirections.entryPoint.to"]?.Value;

    /// <summary>Whether routers that name no entry point are here.</summary>
    public bool IsDefault => key?["asDefault"] is { IsTrue: true };

    /// <summary>Whether the port is known, by the static configuration or by a usual name.</summary>
    public bool IsKnown => Address is not null || name is "web" or "websecure" or "http" or "https" or "";

    /// <summary>The listener as a spec writes it.</summary>
    public string Listen(bool hasTls) =>
        Address?.TrimStart(':')
        ?? name switch
        {
            "web" or "http" => "80",
            "websecure" or "https" => "443",
            _ => hasTls ? "443" : "80",
        };

    private string? Address => key?["address"]?.Value?.Split('/')[0];
}
