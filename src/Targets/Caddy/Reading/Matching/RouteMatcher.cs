using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>How a route of the spec asks for its requests.</summary>
/// <param name="draft">The route.</param>
internal sealed class RouteMatcher(RouteDraft draft)
{
    private readonly List<string> _texts = [];
    private bool _isRegex = draft.Test.Kind == PathTestKind.Regex || draft.Test is { Kind: PathTestKind.Prefix, Text: not [.., '/'] };
    private bool _isVariant;

    public RouteDraft Draft => draft;

    /// <summary>Whether the case of the path is ignored, which takes a regex.</summary>
    public bool IgnoresCase
    {
        get;
        init
        {
            field = value;
            _isRegex |= value;
        }
    }

    private string Key =>
        _isRegex ? "regex"
        : draft.Test.Kind == PathTestKind.Exact ? "exact"
        : "path";

    private int Rank =>
        Key switch
        {
            "exact" => 0,
            "regex" => 1,
            _ => 2,
        };

    private string Text
    {
        get
        {
            string regex = draft.IsSegments
                ? $"{(IgnoresCase ? "(?i)" : "")}^{SpecRegex.Escape(draft.Bare)}(/|$)"
                : draft.Test.AsRegex(IgnoresCase);
            return _isRegex
                ? _isVariant
                    ? $"(?:{regex})"
                    : regex
                : draft.Test.IsAny || draft.Test.Kind == PathTestKind.Exact
                    ? draft.Test.Text
                    : draft.Bare;
        }
    }

    /// <summary>Whether a spec asks it before a later route that takes some of its requests.</summary>
    public bool IsAskedBefore(RouteMatcher later)
    {
        if (Rank != later.Rank)
        {
            return Rank < later.Rank;
        }

        return Text == later.Text ? draft.Conditions.Count >= later.Draft.Conditions.Count
            : Key == "path" ? Text.Length > later.Text.Length
            : true;
    }

    /// <summary>Makes regexes of both where that is needed, since these are asked in the order written.</summary>
    public void MoveBefore(RouteMatcher later)
    {
        _isVariant = _isRegex && later._isRegex;
        _isRegex = true;
        later._isRegex |= later.Key == "exact";
    }

    /// <summary>Takes another one's paths where that does the same with requests that have the same beside the path.</summary>
    public bool TryJoin(RouteMatcher other)
    {
        bool isSame =
            Key == other.Key
            && draft.Behaviour == other.Draft.Behaviour
            && draft.Conditions.SequenceEqual(other.Draft.Conditions)
            && draft.Route["strip_prefix"] is null
            && draft.Route["replace_prefix"] is null
            && draft.Route["rewrite"] is null
            && draft.Route.Comments.Count == 0;
        if (isSame)
        {
            _texts.AddRange(other._texts.Prepend(other.Text));
        }

        return isSame;
    }

    /// <summary>Writes it into the route.</summary>
    public void Write()
    {
        OutputMap route = draft.Route;
        if (_isRegex)
        {
            PrefixAsRewrite(route);
        }

        route.Set(Key, OutputList.OfTexts([.. _texts.Prepend(Text).Distinct(StringComparer.Ordinal)]));
        foreach (Atom condition in draft.Conditions)
        {
            switch (condition)
            {
                case Atom.Method method:
                    route.Map("match").Set("method", OutputList.OfTexts([.. method.Names]));
                    break;
                case Atom.Header header:
                    route.Map("match").Map("header").SetCondition(header.Name, header.Glob, header.IsRegex);
                    break;
                case Atom.Query query:
                    route.Map("match").Map("query").SetCondition(query.Name, query.Glob, query.IsRegex);
                    break;
                case Atom.Remote remote:
                    route.Map("match").Set("client", OutputList.OfTexts([.. remote.Networks]));
                    break;
                case Atom.Cookie cookie:
                    route.Map("match").Map("cookie").SetCondition(cookie.Name, cookie.Glob, cookie.IsRegex);
                    break;
            }
        }

        if (IgnoresCase)
        {
            route.Comments.Add("In any case, as Caddy reads paths: a guard has to hold for all of them.");
        }
    }

    // Only `path` has a prefix that can be cut.
    private void PrefixAsRewrite(OutputMap route)
    {
        string? to = route["strip_prefix"] is not null ? "" : (route["replace_prefix"] as OutputText)?.Text;
        if (to is null)
        {
            return;
        }

        var rewrite = new OutputMap();
        rewrite.Set("regex", $"{(IgnoresCase ? "(?i)" : "")}^{SpecRegex.Escape(draft.Bare)}");
        rewrite.Set("to", to.Replace("$", "$$", StringComparison.Ordinal));
        foreach (string key in (string[])["strip_prefix", "replace_prefix"])
        {
            route.Take(key)?.ReplaceBy(rewrite);
        }

        route.Set("rewrite", rewrite);
    }
}
