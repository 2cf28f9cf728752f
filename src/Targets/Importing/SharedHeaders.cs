using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Importing;

/// <summary>
/// Header rules for every response, of a route whose others are for successes alone: a route's rules are of one kind, so that they stand at
/// the site, where all routes have the same.
/// </summary>
internal static class SharedHeaders
{
    /// <summary>Where a reader puts those for every response in a route: no field's name, and taken out again.</summary>
    public const string OnAll = "on every response";

    /// <summary>Where it puts those for successes, of routes that have others for every response.</summary>
    public const string OnSuccess = "on success";

    /// <summary>Moves them to the site.</summary>
    public static void Lift(OutputMap site, IEnumerable<OutputMap> routes)
    {
        OutputMap[] all = [.. routes];
        Lift(site, all, OnAll);
        if (Lift(site, all, OnSuccess) is { } rules)
        {
            rules.Set("on", new OutputText("success", isWord: true));
            rules.Sort(["on"]);
        }
    }

    private static OutputMap? Lift(OutputMap site, OutputMap[] routes, string key)
    {
        OutputMap? kept = null;
        foreach (OutputMap rules in routes.Select(route => route.Take(key)).OfType<OutputMap>())
        {
            if (kept is null)
            {
                kept = rules;
                site.Map("headers").Set("response", rules);
            }
            else
            {
                SpecTidying.Follow(rules, kept);
            }
        }

        return kept;
    }
}
