using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>tunnel.bridge</c>.</summary>
public static class BridgeFields
{
    public static readonly Field Forward = new("forward", TypeSchema.Url, "The service that is published.")
    {
        Required = true,
        Example = "http://127.0.0.1:80",
    };

    public static readonly IntegerField Connections = new("connections", "Connections kept to the portal.", 4, 1, 1000);

    public static readonly Field Ca = new(
        "ca",
        TypeSchema.Path,
        "A PEM file with the authorities that the portal's certificate is verified by; the system's unless written."
    )
    {
        Example = "ca.pem",
    };

    public static readonly ObjectSchema Schema = new("tunnel.bridge", "The private side of a tunnel.", Forward, Connections, Ca);
}
