using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>defaults</c>.</summary>
public static class DefaultsFields
{
    public static readonly ObjectSchema Schema = new(
        "defaults",
        "What holds for every site and route that doesn't say otherwise.",
        [.. RouteFields.Everywhere, SiteFields.Limits]
    );
}
