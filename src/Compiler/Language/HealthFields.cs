using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>health</c>.</summary>
public static class HealthFields
{
    public static readonly Field Active = new(
        "active",
        new TypeSchema.Fields(() => ActiveHealthFields.Schema),
        "Probes in the background."
    );

    public static readonly Field Passive = new(
        "passive",
        new TypeSchema.Fields(() => PassiveHealthFields.Schema),
        "Watching of real requests."
    );

    public static readonly ObjectSchema Schema = new("health", "When a server is out of service.", Active, Passive);
}
