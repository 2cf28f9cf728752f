using System.Globalization;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads what changes the fields of responses: <c>add_header</c>, <c>proxy_hide_header</c>, <c>expires</c>.</summary>
internal static class ResponseHeadersReader
{
    /// <summary>Reads those of a location.</summary>
    /// <param name="reading">The configuration.</param>
    /// <param name="location">The location.</param>
    /// <param name="site">The site.</param>
    /// <param name="isServers">Whether each location of the server has the same of <c>add_header</c>, that of the server.</param>
    public static void Read(ReadingState reading, Location location, SiteContext site, bool isServers)
    {
        bool runs = location.Route["fastcgi"] is not null;
        foreach (SourceDirective directive in location.Scope.Effective(runs ? "fastcgi_hide_header" : "proxy_hide_header"))
        {
            if (runs || location.Route["proxy"] is not null)
            {
                directive.Entry.Say(location.Route.Map("headers").Map("response").List("remove").Add(new OutputText(directive.First)));
            }
        }

        SourceDirective[] added = [.. location.Scope.Effective("add_header")];
        bool isLifted = isServers && added.Any(IsRule) && added.All(d => !IsRule(d) || d.Arguments.Count == 2) && Hides(location.Scope);
        bool isSplit = isServers && added.Any(d => IsRule(d) && IsAlways(d)) && added.Any(d => IsRule(d) && !IsAlways(d));
        if (
            !isLifted
            && added.Any(IsRule)
            && (isSplit || added.All(d => !IsRule(d) || d.Arguments.Count == 2))
            && (location.Route["headers"] as OutputMap)?["response"] is null
        )
        {
            OutputMap rules = location.Route.Map("headers").Map("response");
            rules.Set("on", new OutputText("success", isWord: true));
        }

        foreach (SourceDirective directive in added)
        {
            if (directive.Arguments.Count < 2)
            {
                directive.Entry.Lose("a field without a value");
            }
            else
            {
                string? kept =
                    !IsRule(directive) ? null
                    : isLifted ? SharedHeaders.OnSuccess
                    : isSplit && IsAlways(directive) ? SharedHeaders.OnAll
                    : null;
                Add(reading, directive, location, site, kept);
            }
        }

        if (location.Route["headers"] is OutputMap headers && headers["response"] is OutputMap { Entries: [("on", _)] })
        {
            headers.Take("response");
            if (headers.Entries.Count == 0)
            {
                location.Route.Take("headers");
            }
        }

        foreach (SourceDirective directive in location.Scope.Effective("expires"))
        {
            Expires(directive, location.Route);
        }
    }

    // Whether some location of the server hides fields of every response, which can't stand beside rules for successes.
    private static bool Hides(Scope scope)
    {
        Scope? server = scope;
        while (server is { Owner.Name: not "server" })
        {
            server = server.Parent;
        }

        return server?.Owner?.All.Any(d => d.Name is "proxy_hide_header" or "fastcgi_hide_header") == true;
    }

    /// <summary>Writes one <c>add_header</c> into a route.</summary>
    public static void Add(ReadingState reading, SourceDirective directive, Location location, SiteContext site, string? shared = null)
    {
        string name = directive.First;
        bool isAlways = IsAlways(directive);
        var used = new List<SourceDirective>();
        List<TextPart> value = reading.Variables.Expand(directive.Arguments[1], location.Scope, site, used);
        OutputMap route = location.Route;
        if (IsName(name, "Content-Type") && route["respond"] is OutputMap respond && respond["content_type"] is not null)
        {
            return;
        }

        if (SpecText.Template(value, site, out string? problem) is not { } template)
        {
            directive.Entry.Lose(problem ?? "");
            return;
        }

        if (template.Length == 0)
        {
            directive.Entry.Imply("an empty value is no field");
            return;
        }

        OutputNode place;
        if (IsName(name, "Cache-Control") && !isAlways && !value.Any(p => p.IsVariable) && route["cache_control"] is null)
        {
            place = route.Set("cache_control", template);
        }
        else
        {
            OutputMap rules = shared is not null ? route.Map(shared) : route.Map("headers").Map("response");
            if (!isAlways && rules["on"] is null && shared != SharedHeaders.OnSuccess)
            {
                // An error's response has the field too, which nginx leaves out without `always`.
                directive.Entry.Lose("errors have the field too: the rules of a route hold for all responses, or for successes alone");
            }

            OutputMap added = rules.Map("add");
            place = added[name] switch
            {
                OutputList list => list.Add(new OutputText(template)),
                OutputText first => Second(added, name, first, template),
                _ => added.Set(name, template),
            };
        }

        directive.Entry.Say(place);
        reading.Variables.Say(used, place);
    }

    private static OutputText Second(OutputMap added, string name, OutputText first, string template)
    {
        var list = new OutputList();
        added.Set(name, list);
        first.ReplaceBy(list.Add(new OutputText(first.Text)));
        return list.Add(new OutputText(template));
    }

    private static bool IsAlways(SourceDirective directive) => directive.Arguments is [_, _, "always"];

    // What needs a header rule: Cache-Control has a field of its own.
    private static bool IsRule(SourceDirective directive) =>
        directive.Arguments.Count > 1
        && directive.Arguments[1].Length > 0
        && !(IsName(directive.First, "Cache-Control") && directive.Arguments.Count == 2)
        && !IsName(directive.First, "Content-Type");

    private static void Expires(SourceDirective directive, OutputMap route)
    {
        string? value = directive.Arguments switch
        {
            ["off"] => "",
            ["epoch"] => "no-cache",
            ["max"] => "max-age=315360000",
            [['-', ..]] => "no-cache",
            [var time] when Units.Duration(time) is { } text && Confgen.Model.Units.Durations.TryParse(text, out TimeSpan age, out _) =>
                string.Create(CultureInfo.InvariantCulture, $"max-age={(long)age.TotalSeconds}"),
            _ => null,
        };
        if (value is null)
        {
            directive.Entry.Lose("only a time can be said");
        }
        else if (value.Length == 0)
        {
            directive.Entry.Imply("no Cache-Control is added unless written");
        }
        else if (route["cache_control"] is OutputText other)
        {
            directive.Entry.Say(other, "one Cache-Control is sent, and no Expires");
        }
        else
        {
            directive.Entry.Say(route.Set("cache_control", value), "as Cache-Control alone, without Expires");
        }
    }

    private static bool IsName(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
