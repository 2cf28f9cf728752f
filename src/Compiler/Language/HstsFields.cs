using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>hsts</c>.</summary>
public static class HstsFields
{
    private static readonly Hsts _default = new();

    public static readonly DurationField MaxAge = new("max_age", "How long a browser remembers.", _default.MaxAge, TimeSpan.Zero);

    public static readonly BooleanField IncludeSubdomains = new(
        "include_subdomains",
        "Whether it holds for every subdomain.",
        _default.IncludeSubdomains
    );

    public static readonly BooleanField Preload = new(
        "preload",
        "Whether browsers may ship the host in their preload list.",
        _default.Preload
    );

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(TypeSchema.Boolean, new TypeSchema.Fields(() => HstsFields.Schema!));

    public static readonly ObjectSchema Schema = new(
        "hsts",
        "Strict-Transport-Security (RFC 6797): browsers come back over https only.",
        MaxAge,
        IncludeSubdomains,
        Preload
    );
}
