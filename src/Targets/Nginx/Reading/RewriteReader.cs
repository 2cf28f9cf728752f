using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads how a proxied location changes the path: by the URI of <c>proxy_pass</c>, and by <c>rewrite ... break</c>.</summary>
internal static class RewriteReader
{
    /// <summary>The URI behind <c>proxy_pass</c>, which takes the place of the prefix, or with variables of the whole target.</summary>
    public static void ReadPath(SourceDirective pass, ProxyTarget target, Location location)
    {
        if (target.Path.Length == 0)
        {
            return;
        }

        OutputMap route = location.Route;
        if (target.HasVariables)
        {
            Whole(pass, target.Path, route);
            return;
        }

        string pattern = location.Pattern;
        if (location.Kind == LocationKind.Exact)
        {
            if (target.Path != pattern)
            {
                Rewrite(pass, "^.*$", target.Path, route);
            }

            return;
        }

        if (!location.IsPrefix || target.Path == pattern)
        {
            return;
        }

        bool isSlashed = pattern.EndsWith('/');
        string? note =
            isSlashed == target.Path.EndsWith('/') || pattern == "/"
                ? null
                : "nginx joins prefix and rest without regard to slashes, as in //x; here there is one";
        string to = target.Path.TrimEnd('/');
        if (route["regex"] is not null)
        {
            Rewrite(pass, "^" + SpecRegex.Escape(pattern), target.Path, route);
        }
        else if (pattern == "/")
        {
            pass.Entry.Say(route.Set("add_prefix", to));
        }
        else if (to.Length == 0)
        {
            pass.Entry.Say(route.Word("strip_prefix", "true"), note);
        }
        else
        {
            pass.Entry.Say(route.Set("replace_prefix", to), note);
        }
    }

    /// <summary>
    /// The <c>rewrite</c> directives of a proxied location that stay in it: one, that takes the whole path, as it does in nginx.
    /// </summary>
    public static void ReadBreaks(Location location)
    {
        SourceDirective[] rewrites =
        [
            .. location.Scope.OwnOf("rewrite").Where(r => !r.Entry.IsSettled || ReturnReader.StatusOf(r) is null),
        ];
        if (rewrites.Length > 1)
        {
            foreach (SourceDirective rewrite in rewrites)
            {
                rewrite.Entry.Lose("a route rewrites the path once");
            }

            return;
        }

        foreach (SourceDirective rewrite in rewrites)
        {
            Break(rewrite, location);
        }
    }

    private static void Break(SourceDirective rewrite, Location location)
    {
        OutputMap route = location.Route;
        if (rewrite.Arguments is not [var pattern, var to, "break"] || TextPart.Cut(to).Any(p => p.IsVariable && !ReturnReader.IsGroup(p)))
        {
            rewrite.Entry.Lose("a rewrite that chooses a location anew, or that uses variables, has no counterpart");
            return;
        }

        if (to.Contains('?', StringComparison.Ordinal))
        {
            rewrite.Entry.Lose("a rewrite leaves the query as it is");
            return;
        }

        string prefix = location.Pattern.TrimEnd('/');
        if (location.IsPrefix && prefix.Length > 0 && route["path"] is not null && Swapped(pattern, to, prefix) is { } swapped)
        {
            rewrite.Entry.Say(swapped.Length == 0 ? route.Word("strip_prefix", "true") : route.Set("replace_prefix", swapped));
        }
        else if (Regexes.Translate(pattern, ignoresCase: false, out string? problem) is not { } regex)
        {
            rewrite.Entry.Lose(problem ?? "");
        }
        else if (!TakesWhole(regex) && Anchored(regex, location) is { } anchored)
        {
            string begin = Regexes.Anchored(anchored)?.Prefix ?? "";
            Rewrite(
                rewrite,
                anchored,
                to,
                route,
                to == "$1"
                    ? $"what is left of '{begin}' or '{begin}x' has no '/' in front, which a spec adds: nginx fails, or sends it so"
                    : null
            );
        }
        else if (!TakesWhole(regex))
        {
            rewrite.Entry.Lose("nginx replaces the whole path, a spec what the regex matches: anchor it with ^ and $");
        }
        else
        {
            Rewrite(rewrite, regex, to, route);
        }
    }

    // `^/prefix/?(.*)$ /new/$1` in a location of that prefix: the prefix changes, the rest stays.
    private static string? Swapped(string pattern, string to, string prefix)
    {
        string regex = pattern.TrimStart('^').TrimEnd('$').Replace("\\/", "/", StringComparison.Ordinal);
        string escaped = SpecRegex.Escape(prefix);
        string rest = "";
        while (!regex.StartsWith(escaped, StringComparison.Ordinal))
        {
            // What the regex takes off may be the begin of the prefix: `^/app(.*)$ $1` in the location of /app/api leaves /api.
            int slash = prefix.LastIndexOf('/');
            if (slash <= 0)
            {
                return null;
            }

            rest = prefix[slash..] + rest;
            prefix = prefix[..slash];
            escaped = SpecRegex.Escape(prefix);
        }

        bool isSlashed = regex[escaped.Length..] is "/(.*)" or "/?(.*)" or "(?:/(.*))?";
        bool isBare = regex[escaped.Length..] is "(.*)" or "(/.*)" or "(/|$)(.*)";
        string group = regex[escaped.Length..] is "(/|$)(.*)" ? "$2" : "$1";
        if ((!isSlashed && !isBare) || !to.EndsWith(group, StringComparison.Ordinal))
        {
            return null;
        }

        string front = to[..^group.Length];
        return isSlashed || group == "$2" ? (front.EndsWith('/') ? front.TrimEnd('/') + rest : null)
            : front.EndsWith('/') ? null
            : front + rest;
    }

    // `/app(.*)` where every path of the location begins with `/app`: the first match is the whole path.
    private static string? Anchored(string regex, Location location)
    {
        if (!regex.EndsWith("(.*)", StringComparison.Ordinal) || Regexes.Anchored("^" + regex) is not { Tail: "(.*)", Prefix: var begin })
        {
            return null;
        }

        string? always = location.Kind == LocationKind.Regex ? Regexes.Anchored(location.Pattern)?.Prefix : location.Pattern;
        return always?.StartsWith(begin, StringComparison.Ordinal) == true ? "^" + regex : null;
    }

    private static bool TakesWhole(string regex) =>
        regex.EndsWith('$') && regex.StartsWith('^') || (regex.EndsWith("(.*)", StringComparison.Ordinal) && regex.StartsWith('^'));

    private static void Whole(SourceDirective pass, string path, OutputMap route)
    {
        if (path.StartsWith("/$request_uri", StringComparison.Ordinal))
        {
            return;
        }

        pass.Entry.Lose("the client's query is sent on, which nginx drops where the argument has variables and a path");
        Rewrite(pass, "^.*$", path, route);
    }

    private static void Rewrite(SourceDirective directive, string regex, string to, OutputMap route, string? note = null)
    {
        OutputMap rewrite = route.Map("rewrite");
        rewrite.Set("regex", regex);
        rewrite.Set("to", to);
        directive.Entry.Say(rewrite, note);
    }
}
