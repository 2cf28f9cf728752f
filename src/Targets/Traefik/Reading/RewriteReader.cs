using System.Text.RegularExpressions;
using Confgen.Model.Regexes;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads what changes the path.</summary>
internal static partial class RewriteReader
{
    /// <summary>Writes it; lost where the route has another one already.</summary>
    public static void Write(SourceKey kind, OutputMap route)
    {
        string name = kind.Name.ToLowerInvariant();
        bool isTaken = route["rewrite"] is not null || route["strip_prefix"] is not null || route["add_prefix"] is not null;
        bool isPrefixBehind = name == "addprefix" && route["add_prefix"] is null && route["rewrite"] is null;
        if (isTaken && !isPrefixBehind)
        {
            kind.Lose("a route changes the path once");
            return;
        }

        switch (name)
        {
            case "addprefix":
                kind.Say(route.Set("add_prefix", kind["prefix"]?.Value ?? "/"));
                break;
            case "stripprefix":
                Strip(kind, route);
                break;
            case "stripprefixregex":
                Rewrite(kind, route, $"^(?:{string.Join('|', kind["regex"]?.Values ?? [])})/?", "/");
                break;
            case "replacepath":
                Rewrite(kind, route, "^.*$", (kind["path"]?.Value ?? "/").Replace("$", "$$", StringComparison.Ordinal));
                break;
            default:
                Rewrite(kind, route, kind["regex"]?.Value ?? "", Reference().Replace(kind["replacement"]?.Value ?? "", "$$${group}"));
                break;
        }
    }

    private static void Strip(SourceKey kind, OutputMap route)
    {
        IReadOnlyList<string> prefixes = kind["prefixes"]?.Values ?? [];
        kind["forceSlash"]?.Imply("the path begins with a slash");
        if (prefixes is [var only] && route["path"] is OutputText { Text: var path } && only.TrimEnd('/') == path)
        {
            kind.Say(route.Word("strip_prefix", "true"), "the server gets no X-Forwarded-Prefix");
        }
        else
        {
            Rewrite(kind, route, $"^(?:{string.Join('|', prefixes.Select(SpecRegex.Escape))})/?", "/");
        }
    }

    private static void Rewrite(SourceKey kind, OutputMap route, string regex, string to)
    {
        if (!RegexPattern.TryParse(regex, out _, out _, out _))
        {
            kind.Lose("a spec's regexes are a subset of RE2");
            return;
        }

        OutputMap rewrite = route.Map("rewrite");
        rewrite.Set("regex", regex);
        rewrite.Set("to", to);
        kind.Say(rewrite);
    }

    [GeneratedRegex(@"\$\{(?<group>[0-9])\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
