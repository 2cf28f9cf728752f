using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Importing;

/// <summary>
/// Header rules for every response, of a route whose others are for successes alone: a route's rules are of one kind, so that they stand at
/// the site, where all routes have the same.
/// </summary>
internal static class SharedHeaders
{
    /// <summary>Where a reader puts them in a route: no field's name, and taken out again.</summary>
    public const string Key = "on every response";

    /// <summary>Moves them to the site.</summary>
    public static void Lift(OutputMap site, IEnumerable<OutputMap> routes)
    {
        OutputNode? kept = null;
        foreach (OutputNode rules in routes.Select(route => route.Take(Key)).OfType<OutputNode>())
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
    }
}
