using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Model.Differences;

/// <summary>
/// Hosts that no site of two specs tells apart: one name; the names of a wildcard that no site names more closely; every other
/// name.
/// </summary>
/// <param name="Pattern">The name, the wildcard, or <c>_</c>.</param>
/// <param name="Named">The names of all classes, which a wildcard and <c>_</c> leave out.</param>
/// <param name="Wildcards">The wildcards of all classes, which <c>_</c> leaves out.</param>
public sealed record HostClass(HostPattern Pattern, IReadOnlySet<string> Named, IReadOnlyList<HostPattern> Wildcards)
{
    /// <summary>A host of the class.</summary>
    public string Sample
    {
        get
        {
            if (Pattern.Kind == HostPatternKind.Exact)
            {
                return Pattern.Name;
            }

            if (Pattern.Kind == HostPatternKind.Trailing)
            {
                string label = "other";
                while (!Takes($"{Pattern.Name}.{label}.example"))
                {
                    label = "x" + label;
                }

                return $"{Pattern.Name}.{label}.example";
            }

            // A longer first label is in the same wildcard; a label more is in another one, or in none.
            string name = Pattern.Kind == HostPatternKind.Wildcard ? "other." + Pattern.Name : "other.example";
            while (!Takes(name))
            {
                name = Pattern.Kind == HostPatternKind.Wildcard ? "x" + name : "other." + name;
            }

            return name;
        }
    }

    /// <summary>The classes that the sites of both listeners make.</summary>
    public static IReadOnlyList<HostClass> Of(IEnumerable<Site> sites)
    {
        HostPattern[] all = [.. sites.SelectMany(s => s.Hosts).Distinct()];
        HostPattern[] wildcards = [.. all.Where(h => h.Kind is HostPatternKind.Wildcard or HostPatternKind.Trailing)];

        // What a star in front and one behind both take is one name, which only one of the specs may give to the former.
        IEnumerable<HostPattern> shared =
            from leading in all
            where leading.Kind == HostPatternKind.Wildcard
            from trailing in all
            where trailing.Kind == HostPatternKind.Trailing
            let host = HostPattern.Both(leading, trailing)
            where host is not null
            select new HostPattern(HostPatternKind.Exact, host);
        all = [.. all.Concat(shared).Distinct()];
        HashSet<string> named = [.. all.Where(h => h.Kind == HostPatternKind.Exact).Select(h => h.Name)];
        return [.. all.Where(h => h.Kind != HostPatternKind.Any).Append(HostPattern.Any).Select(h => new HostClass(h, named, wildcards))];
    }

    /// <summary>Whether the host, in lower case and without a port, is in the class.</summary>
    public bool Takes(string host) =>
        Pattern.Kind switch
        {
            HostPatternKind.Exact => host == Pattern.Name,
            HostPatternKind.Wildcard => Pattern.Matches(host) && !Named.Contains(host),
            HostPatternKind.Trailing => Pattern.Matches(host)
                && !Named.Contains(host)
                && !Wildcards.Any(w => IsCloser(w) && w.Matches(host)),
            _ => !Named.Contains(host) && !Wildcards.Any(w => w.Matches(host)),
        };

    private bool IsCloser(HostPattern other) => other.Kind == HostPatternKind.Wildcard || other.Name.Length > Pattern.Name.Length;

    /// <summary>The class in words.</summary>
    public override string ToString() => Pattern.Kind == HostPatternKind.Any ? "any other host" : Pattern.ToString();
}
