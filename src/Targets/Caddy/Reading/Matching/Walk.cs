using System.Collections.Immutable;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>
/// Follows all requests of a site through its directives. Where a matcher tells requests apart, both parts go on, each for itself; so every
/// route knows what was done before it responds.
/// </summary>
/// <param name="site">The site.</param>
internal sealed class Walk(SiteContext site)
{
    private const int MostRoutes = 120;

    private readonly List<RouteDraft> _routes = [];

    /// <summary>The first directive that would have told too many kinds of requests apart; else null.</summary>
    public SourceLine? Overflow { get; private set; }

    /// <summary>The routes, in the order in which they have to be asked.</summary>
    public List<RouteDraft> Run(IReadOnlyList<Step> steps, World start)
    {
        Go(ImmutableStack.CreateRange(steps.Reverse()), start);
        return _routes;
    }

    private void Go(ImmutableStack<Step> steps, World world)
    {
        while (!steps.IsEmpty)
        {
            ImmutableStack<Step> rest = steps.Pop(out Step step);
            (World World, bool Holds)[] parts = [.. world.Split(step.Condition)];
            if (_routes.Count + parts.Length > MostRoutes)
            {
                Overflow ??= step.Line;
                parts = [(world, false)];
            }

            for (int i = 0; i < parts.Length - 1; i++)
            {
                if (Take(step, parts[i].World, parts[i].Holds, rest) is var (next, more))
                {
                    Go(more, next);
                }
            }

            if (Take(step, parts[^1].World, parts[^1].Holds, rest) is not var (last, then))
            {
                return;
            }

            (world, steps) = (last, then);
        }

        Emit(world, null);
    }

    // What the requests go on with; null where they have their response.
    private (World World, ImmutableStack<Step> Steps)? Take(Step step, World world, bool holds, ImmutableStack<Step> rest)
    {
        if (!holds)
        {
            return (world, rest);
        }

        step.IsReached = true;
        World taken = world with { Taken = world.Taken.Add(step), Path = step.Change ?? world.Path };
        if (step.Response is not null)
        {
            Emit(taken, step);
            return null;
        }

        if (step.Group is { } group)
        {
            rest = ImmutableStack.CreateRange(rest.Where(s => s.Group != group).Reverse());
        }

        foreach (Step inner in (step.Inner ?? []).Reverse())
        {
            rest = rest.Push(inner);
        }

        return (taken, rest);
    }

    private void Emit(World world, Step? response)
    {
        var draft = new RouteDraft(world, site) { HasResponse = response is not null, Responder = response?.Line };
        response?.Response!(draft);
        foreach (Step step in world.Taken)
        {
            step.Effect?.Invoke(draft);
            if (step.Inner is not null)
            {
                step.Line.Entry.Say(draft.Route);
            }

            foreach (SourceLine line in step.Condition.Lines)
            {
                line.Entry.Say(draft.Route);
            }
        }

        _routes.Add(draft);
    }
}
