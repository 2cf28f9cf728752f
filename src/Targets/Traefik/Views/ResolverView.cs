using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>Who gets certificates by ACME.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Email">Whom the authority writes to; null for nobody.</param>
/// <param name="Storage">Where accounts and certificates are kept.</param>
/// <param name="HttpEntryPoint">The listener that the authority asks over plain HTTP; null where it asks over TLS.</param>
[TemplateView]
internal sealed partial record ResolverView(string Name, string? Email, string Storage, string? HttpEntryPoint)
{
    /// <summary>The authority's directory; null for the program's own choice.</summary>
    public string? Ca { get; init; }

    /// <summary>The name of the key that the account is bound to; null for none.</summary>
    public string? KeyId { get; init; }

    /// <summary>That key.</summary>
    public string? MacKey { get; init; }
}
