using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Traefik;

/// <summary>The releases from which on Traefik does something, by its source and its migration guide.</summary>
internal static class TraefikVersions
{
    /// <summary>maxHeaderBytes; encodings of compress.</summary>
    public static readonly TargetVersion LimitsHeads = new(3, 2);

    /// <summary>preserveLocationHeader of forwardAuth; observability of a router.</summary>
    public static readonly TargetVersion KeepsLocation = new(3, 3);

    /// <summary>sanitizePath, which is on unless it is switched off.</summary>
    public static readonly TargetVersion Sanitizes = new(3, 3, 6);

    /// <summary>The strategy p2c.</summary>
    public static readonly TargetVersion ChoosesOfTwo = new(3, 4);

    /// <summary>Paths are normalised, and routers chosen by one in which reserved characters stay escapes.</summary>
    public static readonly TargetVersion KeepsReserved = new(3, 4, 1);

    /// <summary>The strategy hrw; passive health checks.</summary>
    public static readonly TargetVersion HashesAddresses = new(3, 6);

    /// <summary>Escapes of reserved characters are refused unless they are allowed.</summary>
    public static readonly TargetVersion RefusesEscapes = new(3, 6, 3);

    /// <summary>They are allowed unless they are refused.</summary>
    public static readonly TargetVersion AllowsEscapes = new(3, 6, 7);
}
