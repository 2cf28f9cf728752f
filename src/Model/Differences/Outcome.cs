using Confgen.Model.Rules;

namespace Confgen.Model.Differences;

/// <summary>
/// What becomes of one request, as far as it can be told apart from outside: what the <see cref="Evaluator"/> says, and what the site and
/// the route decide beside it. What stands behind the step that decided doesn't count.
/// </summary>
public static class Outcome
{
    /// <summary>Of a connection that no listener takes.</summary>
    public const string NoConnection = "no connection";

    /// <summary>The outcome as values by aspect; two outcomes that compare equal are the same behaviour.</summary>
    public static IReadOnlyDictionary<Aspect, object> Of(Evaluation got)
    {
        var values = new Dictionary<Aspect, object>();
        switch (got.Stage)
        {
            case EvaluationStage.Refused:
                values[Aspect.Response] = (got.Status, "");
                return values;
            case EvaluationStage.NoListener:
                values[Aspect.Site] = NoConnection;
                return values;
            case EvaluationStage.NoSite:
                values[Aspect.Site] = "no site";
                return values;
            case EvaluationStage.HttpsRedirect:
                values[Aspect.Site] = (got.Status, got.ResponseHeaders[0].Value);
                return values;
            default:
                break;
        }

        // A site takes it.
        values[Aspect.Site] = "site";
        if (got.Site is { } site)
        {
            foreach (AspectValue aspect in SiteAspects.Of(site))
            {
                values[aspect.Aspect] = aspect.Value;
            }

            Dictionary<Aspect, object> decided = RouteAspects
                .Of(site, got.Route ?? RouteTable.NoRoute)
                .ToDictionary(a => a.Aspect, a => a.Value);
            Add(values, decided, got);
        }

        return values;
    }

    /// <summary>Whether two requests, or one in two specs, get different outcomes.</summary>
    public static bool Differ(IReadOnlyDictionary<Aspect, object> a, IReadOnlyDictionary<Aspect, object> b) =>
        a.Count != b.Count || a.Any(v => DiffersIn(v.Key, a, b));

    /// <summary>Whether two outcomes differ in one aspect.</summary>
    public static bool DiffersIn(Aspect aspect, IReadOnlyDictionary<Aspect, object> a, IReadOnlyDictionary<Aspect, object> b) =>
        a.TryGetValue(aspect, out object? before) != b.TryGetValue(aspect, out object? after) || !Equals(before, after);

    private static void Add(Dictionary<Aspect, object> values, Dictionary<Aspect, object> decided, Evaluation got)
    {
        string removed = string.Join(',', got.RemovedHeaders.Select(h => h.ToLowerInvariant()).Order(StringComparer.Ordinal));
        values[Aspect.ResponseFields] = $"{Fields(got.ResponseHeaders.Where(h => !IsOfResponse(h.Key)))}\n-{removed}";
        values[Aspect.Log] = decided[Aspect.Log];
        values[Aspect.Raw] = decided[Aspect.Raw];
        values[Aspect.Cors] = decided[Aspect.Cors];
        switch (got.Stage)
        {
            case EvaluationStage.OddBytes:
                values[Aspect.OddTargets] = "refused";
                values[Aspect.ErrorPages] = decided[Aspect.ErrorPages];
                return;
            case EvaluationStage.Preflight:
                values[Aspect.Response] = "preflight";
                return;
            case EvaluationStage.AccessDenied:
                values[Aspect.Access] = "denied";
                values[Aspect.ErrorPages] = decided[Aspect.ErrorPages];
                return;
            case EvaluationStage.NoCredentials:
                values[Aspect.Credentials] = ("asked for", got.Route?.BasicAuth?.Realm);
                values[Aspect.RateLimit] = decided[Aspect.RateLimit];
                values[Aspect.ErrorPages] = decided[Aspect.ErrorPages];
                return;
            default:
                break;
        }

        foreach ((Aspect aspect, object value) in decided)
        {
            values.TryAdd(aspect, value);
        }

        // Where the request itself decides, what it gets counts and not how the spec says it.
        values[Aspect.Access] = "allowed";
        values[Aspect.OddTargets] = "taken";
        values[Aspect.Response] =
            got.Upstream is null && got.Status is not null
                ? (got.Status, got.Body ?? "", Fields(got.ResponseHeaders.Where(h => IsOfResponse(h.Key))))
                : values[Aspect.Response];
        if (got.Upstream is not null)
        {
            values[Aspect.Target] = got.Target ?? "";
            values[Aspect.Host] = got.UpstreamHeaders[0];
            values[Aspect.RequestFields] = Fields(got.UpstreamHeaders.Skip(1).Where(h => !IsAboutClient(h.Key)));
            values[Aspect.TrustedProxies] = Fields(got.UpstreamHeaders.Skip(1).Where(h => IsAboutClient(h.Key))) + got.Client;
        }
    }

    // What comes of the response itself; a rule that sets one of them is a difference of both.
    private static bool IsOfResponse(string name) => name is "Location" or "Content-Type";

    private static bool IsAboutClient(string name) =>
        ForwardedHeaders.Managed.Concat(ForwardedHeaders.Claims).Append("Forwarded").Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Fields(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('\n', fields.Select(f => $"{f.Key.ToLowerInvariant()}: {f.Value}").Order(StringComparer.Ordinal));
}
