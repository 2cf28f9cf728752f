using Confgen.Model.Routes;
using Confgen.Model.Rules;

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

    /// <summary>What a named value of the request must match, or must not.</summary>
    public ValueList<CellValue> Values { get; private init; } = [];

    /// <summary>Networks of which one must have the client's address, or none.</summary>
    public ValueList<CellClients> Clients { get; private init; } = [];

    /// <summary>The cell of every request of two sites.</summary>
    public static RequestCell Everything(IEnumerable<Route> routes)
    {
        string[] methods =
        [
            .. new[] { "GET", "HEAD", "POST", "OPTIONS" }
                .Concat(routes.SelectMany(r => r.Match.Blocks()).SelectMany(b => b.Methods))
                .Distinct(StringComparer.Ordinal),
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
    /// The disjoint parts of the cell that meet all conditions, and those that do not; parts without a request are left out.
    /// </summary>
    public (IReadOnlyList<RequestCell> Meeting, IReadOnlyList<RequestCell> Failing) Split(RouteConditions conditions)
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

        foreach ((NamedValueKind kind, ValueCondition condition) in conditions.Values())
        {
            Keep(meeting?.With(new CellValue(kind, condition, Holds: false)));
            meeting = meeting?.With(new CellValue(kind, condition, Holds: true));
        }

        if (conditions.Clients.Count > 0)
        {
            Keep(meeting?.With(new CellClients(conditions.Clients, Holds: false)));
            meeting = meeting?.With(new CellClients(conditions.Clients, Holds: true));
        }

        IReadOnlyList<RequestCell> left = meeting is null ? [] : [meeting];
        foreach (RouteConditions block in conditions.Not)
        {
            (IReadOnlyList<RequestCell> Meeting, IReadOnlyList<RequestCell> Failing)[] parts = [.. left.Select(c => c.Split(block))];
            failing.AddRange(parts.SelectMany(p => p.Meeting));
            left = [.. parts.SelectMany(p => p.Failing)];
        }

        return (left, failing);

        void Keep(RequestCell? part)
        {
            if (part is not null)
            {
                failing.Add(part);
            }
        }
    }

    /// <summary>Fields that meet the cell's conditions.</summary>
    public ValueList<KeyValuePair<string, string>> SampleHeaders()
    {
        string cookies = string.Join("; ", Samples(NamedValueKind.Cookie).Select(p => $"{p.Key}={p.Value}"));
        ValueList<KeyValuePair<string, string>> headers = [.. Samples(NamedValueKind.Header)];
        return cookies.Length == 0 ? headers : [.. headers, new(CookieField.Name, cookies)];
    }

    /// <summary>A query that meets the cell's conditions; empty where none is asked for.</summary>
    public string SampleQuery() =>
        string.Join('&', Samples(NamedValueKind.Parameter).Select(p => p.Value.Length > 0 ? $"{p.Key}={p.Value}" : p.Key));

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

        parts.AddRange(Values.OrderBy(v => v.Kind).Select(v => v.ToString()));
        parts.AddRange(Clients.Select(c => c.ToString()));
        return string.Join(", ", parts);
    }

    private RequestCell? With(Func<string, bool> method)
    {
        ValueList<string> kept = [.. Methods.Where(method)];
        return kept.Count == 0 ? null : this with { Methods = kept };
    }

    private RequestCell? With(CellValue value)
    {
        RequestCell cell = Values.Contains(value) ? this : this with { Values = [.. Values, value] };
        return (value.IsWritable || !value.Holds) && IsPossible(cell.Values) ? cell : null;
    }

    private RequestCell? With(CellClients clients)
    {
        RequestCell cell = Clients.Contains(clients) ? this : this with { Clients = [.. Clients, clients] };
        return AddressBorders.Of(cell.Clients.SelectMany(c => c.Blocks)).Any(a => cell.Clients.All(c => c.Has(a))) ? cell : null;
    }

    // Each condition that holds has a value of its own, which none of those that fail takes.
    private static bool IsPossible(ValueList<CellValue> all) =>
        all.Where(c => c.Holds).All(held => ValueSample.Find(held, all) is not null);

    private IEnumerable<KeyValuePair<string, string>> Samples(NamedValueKind kind) =>
        Values
            .Where(c => c.Holds && c.Kind == kind)
            .Select(c => new KeyValuePair<string, string>(c.Condition.Name, ValueSample.Find(c, Values) ?? ""));
}
