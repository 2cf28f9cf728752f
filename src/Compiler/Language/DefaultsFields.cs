using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>defaults</c>.</summary>
public static class DefaultsFields
{
    public static readonly ObjectSchema Schema = new(
        "defaults",
        "What holds for every site and route that doesn't say otherwise. `timeouts` and `limits` are filled in field by field; of the "
            + "others a site has its own or this one. What needs TLS is left out where a site has none.",
        [.. RouteFields.Everywhere, SiteFields.Limits, .. SiteFields.OfDefaults]
    );
}
