using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The field rules on the responses of a site's routes: those that all share are said once.</summary>
internal sealed class ResponseHeaders
{
    // What a handler, an error page or Caddy itself may set after the rules.
    private static readonly HashSet<string> _setElsewhere = new(
        [
            "Accept-Ranges",
            "Allow",
            "Alt-Svc",
            "Cache-Control",
            "Connection",
            "Date",
            "ETag",
            "Last-Modified",
            "Location",
            "Server",
            "Set-Cookie",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Vary",
            "Via",
            "WWW-Authenticate",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The first release that forgets all fields of a response when the upstream sends an interim one.</summary>
    private static readonly CaddyVersion _interimClearsSince = new(9);

    private readonly CaddyQuoter _texts;
    private readonly bool _mayLast;
    private readonly Dictionary<Route, ResponseRules> _own = new(ReferenceEqualityComparer.Instance);

    public ResponseHeaders(CaddyQuoter texts, Site site)
    {
        _texts = texts;

        // The upstream of an error page adds its own fields to what is there, and a release may forget what is there at an interim
        // response.
        _mayLast =
            !site.Routes.Any(static route => route.Errors.Pages.Any(static page => page.Proxy is not null))
            && (texts.Version < _interimClearsSince || site.Routes.All(static route => route.Proxy is null && route.ForwardAuth is null));
        Shared = Rest = ResponseRules.None;
        // What no route takes gets the site's rules alone.
        if (site.Routes is [{ Path.IsEverything: true, Match.Count: 0 } only] && !HasSuccessRules(site, only))
        {
            Shared = Render(Always(site, only), only);
            _own[only] = ResponseRules.None;
            return;
        }

        // What no route changes is the site's.
        HashSet<string> own = new(StringComparer.OrdinalIgnoreCase);
        foreach (Route route in site.Routes)
        {
            own.UnionWith(Names(route.Headers.Response));
        }

        own.UnionWith(site.Headers.Response.OnSuccess ? Names(site.Headers.Response) : []);

        bool first = true;
        foreach (Route route in site.Routes)
        {
            IReadOnlyList<HeaderEdit> edits = Always(site, route);
            if (first)
            {
                Shared = Render(edits.Where(edit => !own.Contains(edit.Name)), route);
                first = false;
            }

            _own[route] = Render(edits.Where(edit => own.Contains(edit.Name)), route);
        }

        if (RouteTable.LeavesRest(site.Routes))
        {
            Rest = Render(Always(site, RouteTable.NoRoute).Where(edit => own.Contains(edit.Name)), site);
        }
    }

    /// <summary>The rules of every route.</summary>
    public ResponseRules Shared { get; }

    /// <summary>The rules beside those for what no route takes.</summary>
    public ResponseRules Rest { get; }

    /// <summary>The rules of one route beside those.</summary>
    public ResponseRules Of(Route route) => _own[route];

    /// <summary>The <c>cache_control</c> of the route's responses that succeed, unless a rule of its own says otherwise; or null.</summary>
    public string? CacheControlOf(Route route) =>
        route.CacheControl is not { } cache
        || Names(route.Headers.Response, adds: false).Contains("Cache-Control", StringComparer.OrdinalIgnoreCase)
        || !MaySucceed(route)
            ? null
            : _texts.HeaderValue(TextTemplate.Literal(cache), route.At.Of(RouteFields.CacheControl));

    /// <summary>Whether some rules hold for the route's responses that succeed alone.</summary>
    public static bool HasSuccessRules(Site site, Route route) => site.Headers.Response.OnSuccess || route.Headers.Response.OnSuccess;

    /// <summary>
    /// What holds for the route's responses that succeed, beyond what holds for all; it is written before that, to run behind it.
    /// </summary>
    public SuccessHeadersView? SuccessOf(Site site, Route route)
    {
        if (!HasSuccessRules(site, route) || !MaySucceed(route))
        {
            return null;
        }

        SourceSpan at = (route.Headers.Response.OnSuccess ? route.At : site.At).Of(RouteFields.Headers);
        IReadOnlyList<HeaderEdit> always = Always(site, route);
        var names = new List<SuccessNameView>();
        var lines = new List<string>();
        var later = new List<string>();
        var conditional = new List<(PresenceView Presence, string Line)>();
        foreach (HeaderEdit edit in EmptyHeaderRules.Of(Success(site, route), _texts.ClientAddress.Length > 0))
        {
            HeaderEdit before =
                always.FirstOrDefault(e => e.Name.Equals(edit.Name, StringComparison.OrdinalIgnoreCase))
                ?? new HeaderEdit(edit.Name, Drops: false, []);
            if (before.Drops == edit.Drops && before.Values.SequenceEqual(edit.Values))
            {
                continue;
            }

            string name = _texts.FieldName(edit.Name, at);
            if (route.Proxy is not null || route.ForwardAuth is not null)
            {
                string variable = string.Create(null, $"{{success_{names.Count + 1}}}");
                names.Add(new SuccessNameView(variable, name.Replace("$", "$$", StringComparison.Ordinal)));
                name = variable;
            }

            // What is appended alone is appended to what holds for all.
            List<TextTemplate> missing = [.. edit.Values];
            foreach (TextTemplate value in edit.Drops ? [] : before.Values)
            {
                missing.Remove(value);
            }

            bool sets = edit.Drops;
            if (sets && (missing.Count == 0 || EmptyHeaderRules.MayBeEmpty(missing[0])))
            {
                lines.Add("-" + name);
                sets = false;
            }

            foreach (TextTemplate value in missing)
            {
                string text = (sets ? "" : "+") + name + " " + _texts.HeaderValue(value, at);
                if (EmptyHeaderRules.MayBeEmpty(value))
                {
                    conditional.Add((EmptyHeaderRules.PresenceOf(value), text));
                }
                else
                {
                    (sets || !edit.Drops ? lines : later).Add(text);
                }

                sets = false;
            }
        }

        HeaderRulesView[] blocks =
        [
            .. Conditional(conditional),
            .. later.Count > 0 ? new[] { new HeaderRulesView { Lines = later } } : [],
            .. lines.Count > 0 ? new[] { new HeaderRulesView { Lines = lines } } : [],
        ];
        return blocks.Length == 0 ? null : new SuccessHeadersView(names, blocks);
    }

    /// <summary>All that is done to fields of the site's responses.</summary>
    public static IEnumerable<HeaderEdit> All(Site site) =>
        site
            .Routes.Concat(RouteTable.LeavesRest(site.Routes) ? [RouteTable.NoRoute] : [])
            .SelectMany(route => Always(site, route).Concat(Success(site, route)));

    // What a route says itself always is of one status; a guard's refusal is none of it.
    private static bool MaySucceed(Route route) =>
        route.Action is not RespondAction { Status: var status } || SuccessStatus.Includes(status);

    private static IReadOnlyList<HeaderEdit> Always(Site site, Route route) => EffectiveHeaders.Response(site, route, success: false);

    private static IReadOnlyList<HeaderEdit> Success(Site site, Route route) =>
        EffectiveHeaders.Response(site, route with { CacheControl = null });

    private static IEnumerable<string> Names(HeaderEdits edits, bool adds = true) =>
        edits
            .Set.Select(static value => value.Name)
            .Concat(adds ? edits.Add.Select(static value => value.Name) : [])
            .Concat(edits.Remove.Select(static name => name.Name));

    /// <summary>
    /// What lasts, and for the rest one block, or two where a name is set and appended to: a block appends before it sets; one more for
    /// values that may be empty. Deferred blocks run in the reverse order of their writing.
    /// </summary>
    private ResponseRules Render(IEnumerable<HeaderEdit> edits, SpecNode of)
    {
        SourceSpan at = of.At.Of(RouteFields.Headers);
        var first = new List<string>();
        var later = new List<string>();
        var conditional = new List<(PresenceView Presence, string Line)>();
        var lasting = new List<LastingHeaderView>();
        foreach (HeaderEdit edit in EmptyHeaderRules.Of(edits, _texts.ClientAddress.Length > 0))
        {
            string name = _texts.FieldName(edit.Name, at);
            if (_mayLast && Lasts(edit))
            {
                lasting.Add(new LastingHeaderView(name, edit.Values.Count == 0 ? null : _texts.HeaderValue(edit.Values[0], at)));
                continue;
            }

            if (EmptyHeaderRules.MayBeEmpty(edit))
            {
                first.AddRange(edit.Drops ? ["-" + name] : []);
                foreach (TextTemplate value in edit.Values)
                {
                    string line = "+" + name + " " + _texts.HeaderValue(value, at);
                    if (EmptyHeaderRules.MayBeEmpty(value))
                    {
                        conditional.Add((EmptyHeaderRules.PresenceOf(value), line));
                    }
                    else
                    {
                        later.Add(line);
                    }
                }

                continue;
            }

            if (edit is { Drops: true, Values.Count: 0 })
            {
                first.Add("-" + name);
            }

            for (int i = 0; i < edit.Values.Count; i++)
            {
                bool sets = edit.Drops && i == 0;
                (edit.Drops && i > 0 ? later : first).Add((sets ? "" : "+") + name + " " + _texts.HeaderValue(edit.Values[i], at));
            }
        }

        List<HeaderRulesView> blocks = [.. Conditional(conditional)];
        if (later.Count > 0)
        {
            blocks.Add(new HeaderRulesView { Lines = later });
        }

        if (first.Count > 0)
        {
            blocks.Add(new HeaderRulesView { Lines = first });
        }

        return new ResponseRules(lasting, blocks);
    }

    private static IEnumerable<HeaderRulesView> Conditional(IEnumerable<(PresenceView Presence, string Line)> lines) =>
        lines
            .GroupBy(static each => each.Presence, static each => each.Line)
            .Select(static group => new HeaderRulesView
            {
                Lines = [.. group],
                Matcher = group.Key.Matcher + " ",
                Presence = group.Key,
            });

    // A field that is replaced by the same text whatever the request, and that nothing else sets.
    private static bool Lasts(HeaderEdit edit) =>
        edit.Drops
        && edit.Values.Count <= 1
        && edit.Values.All(static value => value.Parts.All(static part => part.Literal is not null))
        && !_setElsewhere.Contains(edit.Name)
        && !edit.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        && !edit.Name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)
        && !edit.Name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase);
}
