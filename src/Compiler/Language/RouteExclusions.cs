using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>Which fields of a route contradict each other.</summary>
internal static class RouteExclusions
{
    /// <summary>Headers that a route writes by a field of its own and by a rule.</summary>
    public static readonly IReadOnlyList<Shape> HeadersTwice =
    [
        HeaderRulesFields.Twice("cache_control", "cache-control"),
        HeaderRulesFields.Twice("cors", "access-control-allow-origin", "access-control-allow-credentials"),
    ];

    /// <summary>Each field, with those that can't stand beside it.</summary>
    /// <param name="ofProxy">The fields that only a proxied route has.</param>
    /// <param name="ofHttp">Those of them that mean nothing to a FastCGI server.</param>
    public static IReadOnlyList<(string Field, IReadOnlyList<string> Others)> Of(string[] ofProxy, string[] ofHttp) =>
        [
            ("proxy", ["respond", "files", "redirect", "fastcgi"]),
            ("respond", ["files", "redirect", "fastcgi", .. ofProxy]),
            ("files", ["redirect", "fastcgi", .. ofProxy]),
            ("redirect", ["fastcgi", .. ofProxy]),
            ("fastcgi", ["strip_prefix=true", .. ofHttp]),
            ("path", ["exact", "regex"]),
            ("exact", ["regex", "strip_prefix=true", "replace_prefix"]),
            ("regex", ["strip_prefix=true", "replace_prefix"]),
            ("strip_prefix=true", ["replace_prefix", "add_prefix", "rewrite"]),
            ("replace_prefix", ["add_prefix", "rewrite"]),
            ("add_prefix", ["rewrite"]),
            ("transparent=true", ["strip_prefix=true", "replace_prefix", "add_prefix", "rewrite"]),
        ];
}
