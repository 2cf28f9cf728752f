using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads where a client is sent that the auth server refuses: <c>error_page 401 = @sign_in</c>, with a redirect there.</summary>
internal static class SignInReader
{
    private const string Field = "$upstream_http_";

    public static void Read(ReadingState reading, Location location, SiteContext site, LocationTable locations, OutputMap guard)
    {
        foreach (
            SourceDirective page in location
                .Scope.Effective("error_page")
                .Where(d => d.Arguments.Count >= 2 && d.Arguments.SkipLast(1).Contains("401"))
        )
        {
            string to = page.Arguments[^1];
            if (to.StartsWith("http", StringComparison.Ordinal) || to.StartsWith('$'))
            {
                Say(reading, page, to, location.Scope, site, guard);
            }
            else if (
                locations.Find(to) is { } target
                && target.Scope.OwnOf("return").FirstOrDefault() is { } response
                && (response.Arguments.Count == 1 || response.First == "302")
                && Say(reading, page, response.Arguments[^1], target.Scope, site, guard) is { } place
            )
            {
                target.Directive?.Entry.Say(place);
                response.Entry.Say(place);
                Rest(target, place);
            }
        }
    }

    private static OutputNode? Say(ReadingState reading, SourceDirective page, string where, Scope scope, SiteContext site, OutputMap guard)
    {
        var used = new List<SourceDirective>();
        OutputNode? place = null;
        if (
            scope
                .Effective("auth_request_set")
                .FirstOrDefault(s => s.First == where && s.Words.EndsWith(Field + "location", StringComparison.Ordinal)) is
            { } told
        )
        {
            place = guard.Word("sign_in", "location");
            told.Entry.Say(place);
        }
        else if (SpecText.Template(Expand(reading, where, scope, site, used), site, out _) is { } template)
        {
            place = guard.Set("sign_in", template);
        }

        if (place is not null)
        {
            page.Entry.Say(place);
            reading.Variables.Say(used, place);
        }

        return place;
    }

    // A module's set_escape_uri is no directive of nginx's own.
    private static List<TextPart> Expand(ReadingState reading, string text, Scope scope, SiteContext site, List<SourceDirective> used)
    {
        var parts = new List<TextPart>();
        foreach (TextPart part in reading.Variables.Expand(text, scope, site, used))
        {
            SourceDirective? escaped = part.IsVariable
                ? scope.OwnOf("set_escape_uri").FirstOrDefault(d => d.Arguments.Count == 2 && d.First == "$" + part.Text)
                : null;
            if (escaped is null)
            {
                parts.Add(part);
                continue;
            }

            escaped.Entry.Lose("the URL isn't escaped: of its query the sign-in page takes what stands before the first '&'");
            parts.AddRange(reading.Variables.Expand(escaped.Arguments[1], scope, site, used));
        }

        return parts;
    }

    private static void Rest(Location target, OutputNode place)
    {
        SourceDirective[] sets = [.. target.Scope.OwnOf("auth_request_set")];
        foreach (SourceDirective directive in target.Scope.Own.Where(d => !d.Entry.IsSettled))
        {
            switch (directive.Name)
            {
                case "internal":
                    directive.Entry.Imply("clients don't reach it by themselves");
                    break;
                case "add_header"
                    when directive.Arguments is ["Set-Cookie", var cookie, ..]
                        && Array.Find(sets, s => s.First == cookie && s.Words.EndsWith(Field + "set_cookie", StringComparison.Ordinal))
                            is { } set:
                    directive.Entry.Say(place, "the refusal's cookies go along");
                    set.Entry.Say(place);
                    break;
                case "auth_request_set" or "set_escape_uri" or "set" when !IsUsed(directive, target):
                    directive.Entry.Tune("nothing uses it here");
                    break;
            }
        }
    }

    private static bool IsUsed(SourceDirective set, Location target) =>
        target.Scope.Own.Any(d => d != set && d.Arguments.Any(a => a.Contains(set.First, StringComparison.Ordinal)));
}
