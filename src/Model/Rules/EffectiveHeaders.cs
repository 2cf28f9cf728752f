using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Templates;

namespace Confgen.Model.Rules;

/// <summary>
/// A site's header rules followed by a route's, as one edit for each name. Rules compose: a removal or a <c>set</c> drops whatever came
/// before it, an <c>add</c> appends, so the whole chain is "drop or keep, then append these".
/// </summary>
public static class EffectiveHeaders
{
    /// <summary>What happens to the request's headers.</summary>
    public static IReadOnlyList<HeaderEdit> Request(Site site, Route route) => Compose([site.Headers.Request, route.Headers.Request]);

    /// <summary>
    /// What happens to the response's headers: HSTS, the site's rules, the route's Cache-Control and its rules, in this order.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="route">The route.</param>
    /// <param name="success">Whether the response's status is one of <see cref="SuccessStatus"/>.</param>
    public static IReadOnlyList<HeaderEdit> Response(Site site, Route route, bool success = true) =>
        Compose(
            new[]
            {
                site.Hsts is { } hsts ? Set("Strict-Transport-Security", hsts.HeaderValue) : new HeaderEdits(),
                site.Headers.Response,
                route.CacheControl is { } cache ? Set("Cache-Control", cache) with { OnSuccess = true } : new HeaderEdits(),
                route.Headers.Response,
            }.Where(rules => success || !rules.OnSuccess)
        );

    private static HeaderEdits Set(string name, string value) =>
        new() { Set = [new HeaderValue { Name = name, Value = TextTemplate.Literal(value) }] };

    private static List<HeaderEdit> Compose(IEnumerable<HeaderEdits> levels)
    {
        var edits = new List<HeaderEdit>();
        foreach (HeaderEdits level in levels)
        {
            foreach (HeaderName removed in level.Remove)
            {
                Put(edits, new HeaderEdit(removed.Name, Drops: true, []));
            }

            foreach (HeaderValue set in level.Set)
            {
                Put(edits, new HeaderEdit(set.Name, Drops: true, [set.Value]));
            }

            foreach (HeaderValue added in level.Add)
            {
                HeaderEdit before = edits.Find(e => Same(e.Name, added.Name)) ?? new HeaderEdit(added.Name, Drops: false, []);
                Put(edits, before with { Values = [.. before.Values, added.Value] });
            }
        }

        return edits;
    }

    private static void Put(List<HeaderEdit> edits, HeaderEdit edit)
    {
        int index = edits.FindIndex(e => Same(e.Name, edit.Name));
        if (index < 0)
        {
            edits.Add(edit);
        }
        else
        {
            edits[index] = edit;
        }
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
