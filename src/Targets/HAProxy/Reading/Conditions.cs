namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads conditions of lines as alternatives, each a list of terms that must all hold.</summary>
internal sealed class Conditions
{
    // More alternatives than anyone writes.
    private const int Most = 64;

    private readonly Dictionary<string, List<Term>> _named = new(StringComparer.Ordinal);

    /// <summary>Takes the conditions that have names in a section and in its defaults.</summary>
    public Conditions(SourceSection section)
    {
        foreach (
            SourceLine line in (section.Defaults?.Lines ?? []).Concat(section.Lines).Where(static l => l.Is("acl") && l.Words.Count > 2)
        )
        {
            Term term = TermReader.Read([.. line.Words.Skip(2)]) with { Lines = [line] };
            (_named.TryGetValue(line[1], out List<Term>? same) ? same : _named[line[1]] = []).Add(term);
        }
    }

    /// <summary>The alternatives of a line; one without terms where it always holds. Null where there are too many.</summary>
    public IReadOnlyList<IReadOnlyList<Term>>? Of(SourceLine line)
    {
        int at = line.Words.ToList().FindIndex(static word => word is "if" or "unless");
        if (at < 0)
        {
            return
            [
                [],
            ];
        }

        IReadOnlyList<IReadOnlyList<Term>>? read = Read([.. line.Words.Skip(at + 1)]);
        return read is null || line[at] == "if" ? Kept(read) : Kept(Opposite(read));
    }

    private IReadOnlyList<IReadOnlyList<Term>>? Read(IReadOnlyList<string> words)
    {
        var all = new List<IReadOnlyList<Term>>();
        IReadOnlyList<IReadOnlyList<Term>> clause =
        [
            [],
        ];
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] is "or" or "||")
            {
                all.AddRange(clause);
                clause =
                [
                    [],
                ];
                continue;
            }

            bool negated = words[i].StartsWith('!');
            string name = words[i].TrimStart('!');
            IReadOnlyList<Term> terms;
            if (name == "{")
            {
                int end = words.ToList().IndexOf("}", i);
                if (end < i + 2)
                {
                    return null;
                }

                terms = [TermReader.Read([.. words.Skip(i + 1).Take(end - i - 1)])];
                i = end;
            }
            else
            {
                terms = _named.TryGetValue(name, out List<Term>? named) ? named : [new Term(TermKind.Unknown, [])];
            }

            clause = negated
                ? [.. clause.Select(each => (IReadOnlyList<Term>)[.. each, .. terms.Select(static term => term.Negated)])]
                : [.. clause.SelectMany(each => terms.Select(term => (IReadOnlyList<Term>)[.. each, term]))];
            if (clause.Count > Most)
            {
                return null;
            }
        }

        return [.. all, .. clause];
    }

    // None of the alternatives holds: of each a term doesn't.
    private static IReadOnlyList<IReadOnlyList<Term>>? Opposite(IReadOnlyList<IReadOnlyList<Term>> alternatives)
    {
        IReadOnlyList<IReadOnlyList<Term>> result =
        [
            [],
        ];
        foreach (IReadOnlyList<Term> clause in alternatives)
        {
            result = [.. result.SelectMany(each => clause.Select(term => (IReadOnlyList<Term>)[.. each, term.Negated]))];
            if (result.Count > Most)
            {
                return null;
            }
        }

        return result;
    }

    // What always holds needs no word, and what never does no alternative.
    private static IReadOnlyList<IReadOnlyList<Term>>? Kept(IReadOnlyList<IReadOnlyList<Term>>? alternatives) =>
        alternatives is null
            ? null
            :
            [
                .. alternatives
                    .Where(static clause => !clause.Any(static term => term is { Kind: TermKind.Always, IsNegated: true }))
                    .Select(static clause => (IReadOnlyList<Term>)[.. clause.Where(static term => term.Kind != TermKind.Always)]),
            ];
}
