using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds Strict-Transport-Security.</summary>
internal static class HstsBinder
{
    public static Hsts? Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null or ScalarSyntax)
        {
            return node is not null && ScalarReader.Boolean(c, node, Suggest) == true ? new Hsts() : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, HstsFields.Schema);
        return c.Written(
            new Hsts
            {
                At = o.Source,
                MaxAge = o.Read(HstsFields.MaxAge),
                IncludeSubdomains = o.Read(HstsFields.IncludeSubdomains),
                Preload = o.Read(HstsFields.Preload),
            }
        );
    }

    // A number is the header's own unit, seconds.
    private static string? Suggest(string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string age =
            parts.Length == 0 ? ""
            : parts[0].StartsWith("max-age=", StringComparison.OrdinalIgnoreCase) ? parts[0]["max-age=".Length..]
            : parts[0];
        if (ValueSuggestions.Duration(age) is not { } duration || !Durations.TryParse(duration, out TimeSpan time, out _))
        {
            return null;
        }

        bool Has(string word) => parts.Contains(word, StringComparer.OrdinalIgnoreCase);
        return $"{{ max_age: {Durations.Format(time)}"
            + (Has("includeSubDomains") ? ", include_subdomains: true" : "")
            + (Has("preload") ? ", preload: true" : "")
            + " }";
    }
}
