using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>The route of some requests, while it is written.</summary>
/// <param name="world">The requests.</param>
/// <param name="site">Their site.</param>
internal sealed class RouteDraft(World world, SiteContext site)
{
    private string? _behaviour;

    public World World => world;

    public SiteContext Site => site;

    /// <summary>The route.</summary>
    public OutputMap Route { get; } = new();

    /// <summary>The paths that it takes.</summary>
    public PathTest Test { get; set; } = world.Test;

    /// <summary>What a request must have beside its path.</summary>
    public List<Atom> Conditions { get; } = [.. world.Facts.Where(f => f is not Atom.Path)];

    /// <summary>Whether a prefix that ends with a slash takes the path without it, too.</summary>
    public bool IsSegments { get; set; }

    /// <summary>Whether some step responds; else Caddy sends an empty 200.</summary>
    public bool HasResponse { get; set; }

    /// <summary>The line that responds; null where none does.</summary>
    public SourceLine? Responder { get; set; }

    /// <summary>The last of the steps taken that are of a directive; else null.</summary>
    public SourceLine? Find(string name) => World.Taken.FindLast(s => s.Line.Name == name)?.Line;

    /// <summary>What it does but for its matcher, as one text: equal for equal routes. It must not change from now on.</summary>
    public string Behaviour =>
        _behaviour ??= string.Join(
            "; ",
            Route
                .Entries.Where(e => e.Key is not ("path" or "exact" or "regex" or "match"))
                .Select(e => $"{e.Key}={e.Value.Canonical}")
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Whether a guard or a refusal is in it, which must hold for every spelling.</summary>
    public bool IsGuarded => Guards.Any() || IsRefusal;

    /// <summary>Whether it turns every request away.</summary>
    public bool IsRefusal =>
        Route["respond"] is { } respond
        && ((respond as OutputMap)?["status"] ?? respond) is OutputText { IsWord: true, Text: ['4', _, _] or "close" };

    /// <summary>Whether it turns every request away for who asks, and not for what.</summary>
    public bool IsForbidding =>
        Route["respond"] is { } respond
        && ((respond as OutputMap)?["status"] ?? respond) is OutputText { IsWord: true, Text: "401" or "403" or "close" };

    /// <summary>The guards as texts.</summary>
    public IEnumerable<string> Guards =>
        Route.Entries.Where(e => e.Key is "allow" or "deny" or "basic_auth" or "forward_auth").Select(e => $"{e.Key}={e.Value.Canonical}");

    /// <summary>Whether some request may be taken by both.</summary>
    public bool Overlaps(RouteDraft other) =>
        (Test.Overlaps(other.Test) || (IsSegments && other.Test.Takes(Bare)) || (other.IsSegments && Test.Takes(other.Bare)))
        && Conditions.TrueForAll(c => other.Conditions.Find(c.IsOfSame) is not { } same || MayBoth(c, same));

    /// <summary>Whether every request that the other takes is one of these.</summary>
    public bool Covers(RouteDraft other) =>
        other.Test.Implies(Test)
        && (!other.IsSegments || Test.Takes(other.Bare) || IsSegments)
        && Conditions.TrueForAll(c => other.Conditions.Exists(o => o.Implies(c)));

    /// <summary>The path without the slash that the prefix ends with.</summary>
    public string Bare => Test.Text.TrimEnd('/');

    /// <summary>Replaces everything that it does: what can't be said must not fall to another route, which could be open.</summary>
    public void Refuse(string what)
    {
        foreach (string key in Route.Entries.Select(e => e.Key).ToArray())
        {
            Route.Take(key);
        }

        Route.Comments.Add($"Lost: {what}");
        Route.Word("respond", "501");
    }

    // Two globs may both fit unless they are different plain texts.
    private static bool MayBoth(Atom one, Atom other) =>
        one.And(other) is not null
        || (one, other) switch
        {
            (Atom.Header a, Atom.Header b) => a.IsRegex || b.IsRegex || HasStar(a.Glob) || HasStar(b.Glob),
            (Atom.Query a, Atom.Query b) => a.IsRegex || b.IsRegex || HasStar(a.Glob) || HasStar(b.Glob),
            (Atom.Cookie a, Atom.Cookie b) => a.IsRegex || b.IsRegex || HasStar(a.Glob) || HasStar(b.Glob),
            (Atom.Remote, _) => true,
            _ => false,
        };

    private static bool HasStar(string glob) => glob.Contains('*', StringComparison.Ordinal);
}
