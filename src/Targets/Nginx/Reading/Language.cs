using Confgen.Compiler.Language;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>What the language of specs has, by its own schema.</summary>
internal static class Language
{
    /// <summary>Where header rules for successes alone stand; null where there are none.</summary>
    public static string? SuccessRules { get; } =
        HeadersFields.Schema.Fields.Select(f => f.Name).FirstOrDefault(n => n is not ("request" or "response"));
}
