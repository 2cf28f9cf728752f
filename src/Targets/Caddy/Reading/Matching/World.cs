using System.Collections.Immutable;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>Some of the requests of a site, and what Caddy has done with them so far.</summary>
internal sealed record World
{
    /// <summary>What all of them have: at most one atom about each thing.</summary>
    public ImmutableList<Atom> Facts { get; init; } = [];

    /// <summary>What none of them has all of: requests that do were told apart before.</summary>
    public ImmutableList<IReadOnlyList<Atom>> Refuted { get; init; } = [];

    /// <summary>The steps that they have taken.</summary>
    public ImmutableList<Step> Taken { get; init; } = [];

    /// <summary>What became of the path.</summary>
    public PathChange Path { get; init; } = PathChange.None;

    /// <summary>The paths that they have.</summary>
    public PathTest Test => Facts.OfType<Atom.Path>().FirstOrDefault()?.Test ?? PathTest.Any;

    /// <summary>Tells requests apart by a condition: in the order in which a spec has to ask.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>Parts of the requests, each with whether the condition holds. A later part is what the earlier ones leave.</returns>
    public IEnumerable<(World World, bool Holds)> Split(Condition condition)
    {
        Clause.Not[] negations = [.. condition.Clauses.OfType<Clause.Not>()];
        World rest = this;
        foreach ((World with, IReadOnlyList<Atom> asked) in With(condition, condition.Clauses.OfType<Clause.AnyOf>().ToArray()))
        {
            foreach ((World, bool) part in with.SplitOff(negations))
            {
                yield return part;
            }

            if (asked.Count == 0)
            {
                yield break;
            }

            rest = rest with { Refuted = rest.Refuted.Add(asked) };
        }

        yield return (rest, false);
    }

    // The parts of which one alternative of each clause holds, each with what had to be asked for it.
    private IEnumerable<(World World, IReadOnlyList<Atom> Asked)> With(Condition condition, ArraySegment<Clause.AnyOf> clauses)
    {
        if (clauses.Count == 0)
        {
            return [(this, [])];
        }

        IReadOnlyList<Atom> written = clauses[0].Atoms;
        Atom[] atoms = [.. written.SelectMany(Path.Before)];
        condition.IsUndecided |= atoms.Length < written.Count;
        if (atoms.Any(a => a is Atom.Constant { Holds: true } || Facts.Exists(f => f.Implies(a))))
        {
            return With(condition, clauses[1..]);
        }

        var parts = new List<(World, IReadOnlyList<Atom>)>();
        foreach (Atom atom in atoms)
        {
            condition.IsUndecided |= atom is Atom.Path path && Test.And(path.Test, out bool isKnown) is null && !isKnown;
            if (atom is not Atom.Constant && And(atom) is { } with)
            {
                parts.AddRange(with.With(condition, clauses[1..]).Select(p => (p.World, (IReadOnlyList<Atom>)[atom, .. p.Asked])));
            }
        }

        return parts;
    }

    private IEnumerable<(World World, bool Holds)> SplitOff(ArraySegment<Clause.Not> negations) =>
        negations.Count == 0
            ? [(this, true)]
            : Split(negations[0].Inner).SelectMany(p => p.Holds ? [(p.World, false)] : p.World.SplitOff(negations[1..]));

    // Null where no request is left.
    private World? And(Atom atom)
    {
        Atom joined = atom;
        Atom? same = Facts.Find(f => f.IsOfSame(atom));
        if (same is not null)
        {
            if (same.And(atom) is not { } both)
            {
                return null;
            }

            joined = both;
        }

        World with = this with { Facts = same is null ? Facts.Add(joined) : Facts.Replace(same, joined) };
        return Refuted.Exists(r => r.All(a => with.Facts.Exists(f => f.Implies(a)))) ? null : with;
    }
}
