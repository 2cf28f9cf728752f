using System.Globalization;
using Confgen.Model.Regexes;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>return</c>, and <c>rewrite</c> where it redirects.</summary>
internal static class ReturnReader
{
    /// <summary>Writes what a <c>return</c> sends into a route. False where a spec can't say it, which is settled.</summary>
    public static bool Read(ReadingState reading, SourceDirective directive, Scope scope, SiteContext site, OutputMap route)
    {
        string first = directive.First;
        bool isStatus = int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int status);
        if (!isStatus)
        {
            return Redirect(reading, directive, first, "302", scope, site, route);
        }

        string text = directive.Arguments.Count > 1 ? directive.Arguments[1] : "";
        if (status is 301 or 302 or 303 or 307 or 308)
        {
            if (text.Length > 0)
            {
                return Redirect(reading, directive, text, first, scope, site, route);
            }

            directive.Entry.Lose("a redirect without a Location");
            return false;
        }

        if (status == 444)
        {
            directive.Entry.Say(route.Set("respond", new OutputText("close", isWord: true)));
            return true;
        }

        var used = new List<SourceDirective>();
        if (SpecText.Literal(reading.Variables.Expand(text, scope, site, used)) is not { } body)
        {
            directive.Entry.Lose("the body of 'respond' is literal, without variables");
            return false;
        }

        if (status is < 200 or > 599)
        {
            directive.Entry.Lose("'respond' sends statuses from 200 to 599");
            return false;
        }

        OutputNode place = body.Length == 0 ? route.Word("respond", first) : Body(route, status, body, scope);
        directive.Entry.Say(place);
        reading.Variables.Say(used, place);
        return true;
    }

    /// <summary>
    /// Writes a <c>rewrite</c> that redirects whatever it matches into a route. False where it does something else, which is not settled.
    /// </summary>
    public static bool ReadRewrite(ReadingState reading, SourceDirective rewrite, Scope scope, SiteContext site, OutputMap route)
    {
        if (StatusOf(rewrite) is not { } status)
        {
            return false;
        }

        string to = rewrite.Arguments[1];
        bool dropsQuery = to.EndsWith('?');
        to = dropsQuery ? to[..^1] : to;
        bool takesAll = rewrite.First is "^" or ".*" or "^.*" or "^.*$" or "^(.*)$" or "^(.*)" or "(.*)" or "^/(.*)$" or "^/(.*)" or "/";
        bool isSlashed = rewrite.First.StartsWith("^/(", StringComparison.Ordinal);
        string whole = isSlashed ? "/$1" : "$1";
        if (takesAll && to.EndsWith(whole, StringComparison.Ordinal) && !dropsQuery)
        {
            to = to[..^whole.Length] + "$request_uri";
        }
        else if (!to.Contains("$request_uri", StringComparison.Ordinal) && !dropsQuery && TextPart.Cut(to).All(p => !IsGroup(p)))
        {
            // nginx appends the query; a redirect to a fixed place doesn't.
            return Redirect(reading, rewrite, to, status, scope, site, route, "the query isn't appended");
        }

        bool hasGroups = TextPart.Cut(to).Any(IsGroup);
        return hasGroups
            ? GroupsOf(route) is { } regex
                && regex.Text == Regexes.Translate(rewrite.First, ignoresCase: false, out _)
                && Redirect(reading, rewrite, to, status, scope, site, route, dropsQuery ? Decoded : Decoded + "; the query isn't appended")
            : Redirect(reading, rewrite, to, status, scope, site, route);
    }

    /// <summary>The status of a <c>rewrite</c> that redirects; else null.</summary>
    public static string? StatusOf(SourceDirective rewrite)
    {
        if (rewrite.Arguments.Count < 2)
        {
            return null;
        }

        string flag = rewrite.Arguments.Count > 2 ? rewrite.Arguments[2] : "";
        string to = rewrite.Arguments[1];
        bool isElsewhere =
            to.StartsWith("http://", StringComparison.Ordinal)
            || to.StartsWith("https://", StringComparison.Ordinal)
            || to.StartsWith("$scheme", StringComparison.Ordinal);
        return flag == "permanent" ? "301"
            : flag == "redirect" || isElsewhere ? "302"
            : null;
    }

    /// <summary>Whether a piece of a replacement is what a group of the regex matched.</summary>
    public static bool IsGroup(TextPart part) => part.IsVariable && char.IsAsciiDigit(part.Text[0]);

    private const string Decoded = "a group's text is as it was matched, decoded";

    // The regex of a route that has one alone.
    private static RegexPattern? GroupsOf(OutputMap route) =>
        route["regex"] is OutputText { Text: var text } && RegexPattern.TryParse(text, out RegexPattern? regex, out _, out _)
            ? regex
            : null;

    private static bool Redirect(
        ReadingState reading,
        SourceDirective directive,
        string to,
        string status,
        Scope scope,
        SiteContext site,
        OutputMap route,
        string? note = null
    )
    {
        var used = new List<SourceDirective>();
        List<TextPart> parts = reading.Variables.Expand(to, scope, site, used);
        RegexPattern? regex = GroupsOf(route);
        if (parts.Any(part => IsGroup(part) && regex?.FindGroup(part.Text) is null))
        {
            directive.Entry.Lose("a redirect can use the groups of its route's regex alone");
            return false;
        }

        if (SpecText.Template(parts, site, out string? problem, regex) is not { } template)
        {
            directive.Entry.Lose(problem ?? "");
            return false;
        }

        OutputMap redirect = route.Map("redirect");
        OutputText place = redirect.Set("to", template);
        directive.Entry.Say(place, note);
        redirect.Word("status", status);
        reading.Variables.Say(used, place);
        return true;
    }

    private static OutputMap Body(OutputMap route, int status, string body, Scope scope)
    {
        OutputMap respond = route.Map("respond");
        if (status != 200)
        {
            respond.Word("status", status.ToString(CultureInfo.InvariantCulture));
        }

        respond.Set("body", body);
        SourceDirective? header = scope
            .Effective("add_header")
            .FirstOrDefault(d => string.Equals(d.First, "Content-Type", StringComparison.OrdinalIgnoreCase) && d.Arguments.Count > 1);
        SourceDirective? type = scope.Find("default_type");
        if (header is not null)
        {
            header.Entry.Say(respond.Set("content_type", header.Arguments[1]));
            type?.Entry.Tune("the location sets the Content-Type by itself");
        }
        else if (type is { First.Length: > 0 })
        {
            type.Entry.Say(respond.Set("content_type", type.First));
        }

        return respond;
    }
}
