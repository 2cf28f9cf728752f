using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds Strict-Transport-Security.</summary>
internal static class HstsBinder
{
    public static readonly ObjectSchema Schema = new(
        "hsts",
        "Strict-Transport-Security (RFC 6797): browsers come back over https only.",
        new("max_age", TypeSchema.Duration, "How long a browser remembers.") { Default = "1y" },
        new("include_subdomains", TypeSchema.Boolean, "Whether it holds for every subdomain.") { Default = "false" },
        new("preload", TypeSchema.Boolean, "Whether browsers may ship the host in their preload list.") { Default = "false" });

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(TypeSchema.Boolean, new TypeSchema.Fields(() => Schema));

    public static Hsts? Bind(BindingContext c, SyntaxNode? node)
    {
        if (node is null or ScalarSyntax)
        {
            return node is not null && ScalarReader.Boolean(c, node, Suggest) == true ? new Hsts() : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, Schema);
        return c.Written(new Hsts
        {
            At = o.Source,
            MaxAge = o.Duration("max_age", TimeSpan.FromDays(365), TimeSpan.Zero),
            IncludeSubdomains = o.Boolean("include_subdomains", fallback: false),
            Preload = o.Boolean("preload", fallback: false),
        });
    }

    // A number is the header's own unit, seconds.
    private static string? Suggest(string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string age = parts.Length == 0 ? "" : parts[0].StartsWith("max-age=", StringComparison.OrdinalIgnoreCase) ? parts[0]["max-age=".Length..] : parts[0];
        if (ValueSuggestions.Duration(age) is not { } duration || !Durations.TryParse(duration, out TimeSpan time, out _))
        {
            return null;
        }

        bool Has(string word) => parts.Contains(word, StringComparer.OrdinalIgnoreCase);
        return $"{{ max_age: {Durations.Format(time)}{(Has("includeSubDomains") ? ", include_subdomains: true" : "")}{(Has("preload") ? ", preload: true" : "")} }}";
    }
}
