using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>Cache-Control that says two things, or nothing.</summary>
internal sealed class OddCacheControlRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0365",
        "odd-cache-control",
        Severity.Warning,
        "A Cache-Control that contradicts itself or has an unknown directive"
    )
    {
        Why =
            "Caches ignore what they don't know (RFC 9111, section 5.2), so a misspelled `max-age` caches nothing; `public` beside "
            + "`private`, or a `max-age` beside `no-store`, says two things at once; and `immutable` without `max-age` lasts for no time.",
        Bad = """
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000", cache_control: "public, maxage=3600" }

            """,
        Good = """
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000", cache_control: "public, max-age=3600" }

            """,
    };

    // RFC 9111 section 5.2.2, RFC 5861, RFC 8246.
    private static readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase)
    {
        "max-age",
        "must-revalidate",
        "must-understand",
        "no-cache",
        "no-store",
        "no-transform",
        "private",
        "proxy-revalidate",
        "public",
        "s-maxage",
        "stale-while-revalidate",
        "stale-if-error",
        "immutable",
    };

    private static readonly HashSet<string> _timed = new(StringComparer.OrdinalIgnoreCase)
    {
        "max-age",
        "s-maxage",
        "stale-while-revalidate",
        "stale-if-error",
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.CacheControl is { } written && Problem(written) is { } problem)
            {
                context.Report(
                    route.At.Of(RouteFields.CacheControl),
                    problem,
                    "as 'public, max-age=3600', 'private, no-cache' or 'no-store'"
                );
            }
        }
    }

    private static string? Problem(string control)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string directive in control.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = directive.Split('=', 2, StringSplitOptions.TrimEntries);
            string value = pair.Length > 1 ? pair[1].Trim('"') : "";
            values[pair[0]] = value;
            if (pair[0].Contains(' ', StringComparison.Ordinal))
            {
                return $"'{directive}' are several directives without a comma";
            }

            // Extensions of a network's own have a name of their own; a near miss is a slip.
            if (!_known.Contains(pair[0]) && Spelling.Nearest(pair[0], _known) is { } near)
            {
                return $"unknown directive '{pair[0]}': did you mean '{near}'?";
            }

            if (_timed.Contains(pair[0]) && (value.Length == 0 || !value.All(char.IsAsciiDigit)))
            {
                return $"'{pair[0]}' takes a number of seconds";
            }
        }

        return values.ContainsKey("public") && values.ContainsKey("private") ? "both 'public' and 'private'"
            : values.ContainsKey("no-store") && values.TryGetValue("max-age", out string? age) && age.Trim('0').Length > 0
                ? "both 'no-store' and a 'max-age'"
            : values.ContainsKey("immutable") && !values.ContainsKey("max-age") ? "'immutable' without a 'max-age'"
            : null;
    }
}
