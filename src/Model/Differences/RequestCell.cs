using System.Text;
using Confgen.Model.Routes;

namespace Confgen.Model.Differences;

/// <summary>
/// Requests by what routes ask of them beside the path: the methods, the header fields and query parameters that they have, and those that
/// they have not. Only cells with at least one request are made.
/// </summary>
public sealed record RequestCell
{
    private RequestCell() { }

    /// <summary>The methods; the last of <see cref="Universe"/> stands for all that no condition names.</summary>
    public ValueList<string> Methods { get; private init; } = [];

    /// <summary>All methods that are told apart.</summary>
    public ValueList<string> Universe { get; private init; } = [];

    /// <summary>What a field of the request must match, or must not.</summary>
    public ValueList<(ValueCondition Condition, bool Holds)> Headers { get; private init; } = [];

    /// <summary>What a parameter of the query must match, or must not.</summary>
    public ValueList<(ValueCondition Condition, bool Holds)> Query { get; private init; } = [];

    /// <summary>The cell of every request of two sites.</summary>
    public static RequestCell Everything(IEnumerable<Route> routes)
    {
        string[] methods =
        [
            .. new[] { "GET", "HEAD", "POST", "OPTIONS" }.Concat(routes.SelectMany(r => r.Match.Methods)).Distinct(StringComparer.Ordinal),
        ];
        string other = "PURGE";
        while (methods.Contains(other, StringComparer.Ordinal))
        {
            other += "X";
        }

        ValueList<string> universe = [.. methods, other];
        return new RequestCell { Methods = universe, Universe = universe };
    }

    /// <summary>
    /// The part of the cell that meets all conditions, and the disjoint parts that do not; parts without a request are left out.
    /// </summary>
    public (RequestCell? Meeting, IReadOnlyList<RequestCell> Failing) Split(RouteConditions conditions)
    {
        var failing = new List<RequestCell>();
        RequestCell? meeting = this;
        if (conditions.Methods.Count > 0)
        {
            (meeting, RequestCell? rest) = (
                With(m => conditions.Methods.Contains(m, StringComparer.Ordinal)),
                With(m => !conditions.Methods.Contains(m, StringComparer.Ordinal))
            );
            Keep(rest);
        }

        foreach (ValueCondition header in conditions.Headers)
        {
            Keep(meeting?.WithHeader(header, holds: false));
            meeting = meeting?.WithHeader(header, holds: true);
        }

        foreach (ValueCondition parameter in conditions.Query)
        {
            Keep(meeting?.WithParameter(parameter, holds: false));
            meeting = meeting?.WithParameter(parameter, holds: true);
        }

        return (meeting, failing);

        void Keep(RequestCell? part)
        {
            if (part is not null)
            {
                failing.Add(part);
            }
        }
    }

    /// <summary>Fields that meet the cell's conditions.</summary>
    public ValueList<KeyValuePair<string, string>> SampleHeaders() => Samples(Headers);

    /// <summary>A query that meets the cell's conditions; empty where none is asked for.</summary>
    public string SampleQuery() => string.Join('&', Samples(Query).Select(p => p.Value.Length > 0 ? $"{p.Key}={p.Value}" : p.Key));

    /// <summary>The cell in words; empty where it is every request.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Methods.Count < Universe.Count)
        {
            string[] missing = [.. Universe.Where(m => !Methods.Contains(m, StringComparer.Ordinal))];
            parts.Add(
                Methods.Contains(Universe[^1], StringComparer.Ordinal)
                    ? "every method but " + string.Join(", ", missing)
                    : string.Join(", ", Methods)
            );
        }

        parts.AddRange(Headers.Select(h => $"{(h.Holds ? "with" : "without")} {h.Condition.Name}: {h.Condition.Value}"));
        parts.AddRange(Query.Select(q => $"{(q.Holds ? "with" : "without")} ?{q.Condition.Name}={q.Condition.Value}"));
        return string.Join(", ", parts);
    }

    private RequestCell? With(Func<string, bool> method)
    {
        ValueList<string> kept = [.. Methods.Where(method)];
        return kept.Count == 0 ? null : this with { Methods = kept };
    }

    private RequestCell? WithHeader(ValueCondition condition, bool holds)
    {
        RequestCell cell = this with { Headers = Add(Headers, condition, holds) };
        return IsPossible(cell.Headers, StringComparer.OrdinalIgnoreCase) ? cell : null;
    }

    private RequestCell? WithParameter(ValueCondition condition, bool holds)
    {
        // What can't be written in a query is in none.
        bool isWritable =
            condition.Name.All(c => c is > ' ' and not ('\x7F' or '&' or '=' or '#'))
            && condition.Value.Text.All(c => c is > ' ' and not ('\x7F' or '&' or '#'));
        RequestCell cell = this with { Query = Add(Query, condition, holds) };
        return (isWritable || !holds) && IsPossible(cell.Query, StringComparer.Ordinal) ? cell : null;
    }

    private static ValueList<(ValueCondition Condition, bool Holds)> Add(
        ValueList<(ValueCondition Condition, bool Holds)> all,
        ValueCondition condition,
        bool holds
    ) => all.Contains((condition, holds)) ? all : [.. all, (condition, holds)];

    // Each condition that holds has a value of its own, which none of those that fail takes. Where a star becomes a character that occurs
    // in no glob, another glob takes the value only if it takes every value of the first.
    private static bool IsPossible(ValueList<(ValueCondition Condition, bool Holds)> all, StringComparer names)
    {
        foreach ((ValueCondition condition, _) in all.Where(c => c.Holds))
        {
            byte[] value = Encoding.UTF8.GetBytes(Sample(condition, all));
            if (all.Any(f => !f.Holds && names.Equals(f.Condition.Name, condition.Name) && f.Condition.Value.Matches(value)))
            {
                return false;
            }
        }

        return true;
    }

    private static ValueList<KeyValuePair<string, string>> Samples(ValueList<(ValueCondition Condition, bool Holds)> all) =>
        [.. all.Where(c => c.Holds).Select(c => new KeyValuePair<string, string>(c.Condition.Name, Sample(c.Condition, all)))];

    private static string Sample(ValueCondition condition, ValueList<(ValueCondition Condition, bool Holds)> all)
    {
        const string Candidates = "xyzqvwjkuabcdefghilmnoprst0123456789XYZQ_-~";
        char fresh = Candidates.FirstOrDefault(c => !all.Any(o => o.Condition.Value.Text.Contains(c, StringComparison.Ordinal)), '~');
        return condition.Value.Text.Replace('*', fresh);
    }
}
