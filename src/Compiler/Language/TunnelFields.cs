using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>tunnel</c>.</summary>
public static class TunnelFields
{
    public static readonly Field Portal = new("portal", new TypeSchema.Fields(() => PortalFields.Schema), "The public side.")
    {
        Required = true,
    };

    public static readonly Field Bridge = new("bridge", new TypeSchema.Fields(() => BridgeFields.Schema), "The private side.")
    {
        Required = true,
    };

    public static readonly Field Domain = new("domain", new TypeSchema.Scalar("host"), "The name of the control traffic in V2Ray output.")
    {
        Default = "NAME.tunnel.internal",
    };

    public static readonly Field Secret = new(
        "secret",
        TypeSchema.Text,
        "What both sides know: at least 16 characters, best from the environment."
    )
    {
        Required = true,
        Example = "${TUNNEL_SECRET}",
    };

    public static readonly Field Id = new("id", TypeSchema.Text, "The UUID of V2Ray's client; derived from the secret unless written.");

    public static readonly ObjectSchema Schema = new(
        "tunnel",
        "A reverse tunnel: the bridge, on a private host, dials out to the portal, on a public one; a route uses it by "
            + "`proxy: tunnel:NAME`.",
        Portal,
        Bridge,
        Domain,
        Secret,
        Id
    );
}
