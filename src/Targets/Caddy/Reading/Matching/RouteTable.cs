using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>
/// Makes the routes of a spec from those of a walk, which are asked one after the other. A spec asks <c>exact</c>, then <c>regex</c> in the
/// order written, then the longest <c>path</c>: where that gives another order, routes become regexes.
/// </summary>
internal static class RouteTable
{
    private const int MostRounds = 8;

    /// <summary>The routes.</summary>
    /// <param name="drafts">Those of the walk.</param>
    /// <param name="isOpen">Whether Caddy leaves some requests without a response of its own.</param>
    public static OutputList Write(List<RouteDraft> drafts, out bool isOpen)
    {
        FirstFiles.Join(drafts);
        Clients(drafts);
        isOpen = Unanswered(drafts);
        Reduce(drafts);
        Segments(drafts);
        Bare(drafts);
        List<RouteMatcher> matchers = [.. drafts.Select(d => new RouteMatcher(d) { IgnoresCase = NeedsCase(d, drafts) })];
        Order(matchers);
        Join(matchers);
        var list = new OutputList();
        foreach (RouteMatcher matcher in matchers)
        {
            matcher.Write();
            list.Add(matcher.Draft.Route);
        }

        return list;
    }

    // `handle` for some clients, and a refusal for the rest, is a guard; else the client's address is a condition.
    private static void Clients(List<RouteDraft> drafts)
    {
        for (int i = drafts.Count - 1; i >= 0; i--)
        {
            RouteDraft draft = drafts[i];
            if (draft.Conditions.OfType<Atom.Remote>().FirstOrDefault() is not { } remote)
            {
                continue;
            }

            draft.Conditions.Remove(remote);
            RouteDraft? others = drafts.Skip(i + 1).FirstOrDefault(d => d.Overlaps(draft));
            if (others is { IsRefusal: true } && others.Covers(draft) && draft.Route["allow"] is null)
            {
                OutputList allow = draft.Route.Set("allow", new OutputList(remote.Networks.Select(n => new OutputText(n))));
                if (draft.Covers(others))
                {
                    others.Responder?.Entry.Say(allow, others.IsForbidding ? null : "with 403");
                    others.Route.ReplaceBy(draft.Route);
                    drafts.Remove(others);
                }
            }
            else if (draft.IsRefusal && others is not null && others.Route["deny"] is null && draft.Covers(others))
            {
                others.Route.Set("deny", new OutputList(remote.Networks.Select(n => new OutputText(n))));
                SpecTidying.Follow(draft.Route, others.Route);
                drafts.RemoveAt(i);
            }
            else
            {
                draft.Conditions.Add(remote);
            }
        }
    }

    private static bool Unanswered(List<RouteDraft> drafts)
    {
        bool isOpen = false;
        for (int i = drafts.Count - 1; i >= 0; i--)
        {
            RouteDraft draft = drafts[i];
            if (draft.HasResponse)
            {
                continue;
            }

            if (drafts.Count == 1 || drafts.Skip(i + 1).Any(draft.Overlaps))
            {
                draft.Route.Word("respond", "200");
                draft.HasResponse = true;
            }
            else
            {
                isOpen = true;
                drafts.RemoveAt(i);
            }
        }

        return isOpen;
    }

    // A route that the next one for its requests says, too, is left out.
    private static void Reduce(List<RouteDraft> drafts)
    {
        for (int i = drafts.Count - 1; i >= 0; i--)
        {
            if (
                drafts.Skip(i + 1).FirstOrDefault(drafts[i].Overlaps) is { } next
                && next.Covers(drafts[i])
                && next.Behaviour == drafts[i].Behaviour
            )
            {
                SpecTidying.Follow(drafts[i].Route, next.Route);
                drafts.RemoveAt(i);
            }
        }
    }

    // `/api` and `/api/*` together are a prefix by whole segments.
    private static void Segments(List<RouteDraft> drafts)
    {
        foreach (RouteDraft prefix in drafts.Where(d => d.Test is { Kind: PathTestKind.Prefix, Text: [_, .., '/'] }).ToArray())
        {
            int at = drafts.IndexOf(prefix);
            int bare = drafts.FindIndex(d => d.Test.Kind == PathTestKind.Exact && d.Test.Text == prefix.Bare);
            if (
                bare >= 0
                && drafts[bare].Behaviour == prefix.Behaviour
                && drafts[bare].Conditions.SequenceEqual(prefix.Conditions)
                && !drafts.Take(Math.Max(at, bare)).Skip(Math.Min(at, bare) + 1).Any(d => d.Test.Takes(prefix.Bare))
            )
            {
                prefix.IsSegments = true;
                SpecTidying.Follow(drafts[bare].Route, prefix.Route);
                drafts.RemoveAt(bare);
            }
        }
    }

    // `/api/*` alone leaves `/api` to another route. A guard of that one has to stay.
    private static void Bare(List<RouteDraft> drafts)
    {
        foreach (
            RouteDraft prefix in drafts
                .Where(d => d is { IsSegments: false, Test: { Kind: PathTestKind.Prefix, Text: [_, .., '/'] } })
                .ToArray()
        )
        {
            var test = new PathTest(PathTestKind.Exact, prefix.Bare);
            RouteDraft? other = drafts.Find(d => d.Test.Takes(prefix.Bare));
            if (other is null || other.Behaviour == prefix.Behaviour || other.Test.Kind == PathTestKind.Exact)
            {
                continue;
            }

            if (other.Guards.Except(prefix.Guards).Any() || other.IsForbidding)
            {
                var copy = new RouteDraft(other.World, other.Site) { Test = test, HasResponse = true };
                foreach ((string key, OutputNode value) in other.Route.Entries)
                {
                    copy.Route.Set(key, Copies.Of(value));
                }

                drafts.Insert(drafts.IndexOf(prefix), copy);
            }
            else
            {
                prefix.Responder?.Entry.Say(prefix.Route, $"'{prefix.Bare}' itself is taken, too");
            }
        }
    }

    // Caddy ignores the case of paths: where that would open a guarded path, the spec must do so, too.
    private static bool NeedsCase(RouteDraft draft, List<RouteDraft> all) =>
        draft.IsGuarded
        && !draft.Test.IsAny
        && draft.Test.Kind != PathTestKind.Regex
        && all.Skip(all.IndexOf(draft) + 1).FirstOrDefault(draft.Overlaps) is { } next
        && (draft.IsRefusal ? !next.IsRefusal : draft.Guards.Except(next.Guards).Any());

    private static void Order(List<RouteMatcher> matchers)
    {
        bool isChanged = true;
        for (int rounds = 0; isChanged && rounds < MostRounds; rounds++)
        {
            isChanged = false;
            for (int i = 0; i < matchers.Count; i++)
            {
                foreach (RouteMatcher later in matchers.Skip(i + 1))
                {
                    if (
                        !matchers[i].IsAskedBefore(later)
                        && matchers[i].Draft.Overlaps(later.Draft)
                        && matchers[i].Draft.Behaviour != later.Draft.Behaviour
                    )
                    {
                        matchers[i].MoveBefore(later);
                        isChanged = true;
                    }
                }
            }
        }
    }

    // Neighbours that do the same for other paths are one route.
    private static void Join(List<RouteMatcher> matchers)
    {
        for (int i = matchers.Count - 1; i > 0; i--)
        {
            if (matchers[i - 1].TryJoin(matchers[i]))
            {
                SpecTidying.Follow(matchers[i].Draft.Route, matchers[i - 1].Draft.Route);
                matchers.RemoveAt(i);
            }
        }
    }
}
