using Confgen.Model.Regexes;

namespace Confgen.Model.Differences;

/// <summary>
/// A regex as a deterministic automaton that searches anywhere in a text, made state by state as it is walked (subset construction over
/// <see cref="RegexProgram"/>). Whether a condition on a place holds is decided with the byte that follows it.
/// </summary>
internal sealed class RegexAutomaton
{
    /// <summary>The state of a text in which the regex has matched, whatever follows.</summary>
    public const int Matched = 0;

    private const int End = -1;

    private readonly RegexProgram _program;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<State> _states = [new State([], IsStart: false, AfterWord: false)];
    private readonly Dictionary<(int State, int Byte), int> _steps = [];

    public RegexAutomaton(RegexPattern pattern)
    {
        _program = new RegexProgram(pattern);
        Start = Intern(new State([], IsStart: true, AfterWord: false));
    }

    /// <summary>The state before the first byte.</summary>
    public int Start { get; }

    /// <summary>The state behind a byte.</summary>
    public int Step(int state, byte next)
    {
        if (state == Matched)
        {
            return Matched;
        }

        if (!_steps.TryGetValue((state, next), out int to))
        {
            _steps[(state, next)] = to = Follow(_states[state], next) is { } steps
                ? Intern(
                    new State(
                        [.. steps.Where(s => _program[s].Takes(next)).Select(s => _program[s].Next).Distinct().Order()],
                        IsStart: false,
                        IsWord(next)
                    )
                )
                : Matched;
        }

        return to;
    }

    /// <summary>Whether the regex matches a text that ends in this state.</summary>
    public bool AcceptsAtEnd(int state) => state == Matched || Follow(_states[state], End) is null;

    /// <summary>The bytes that each step over one takes: bytes that no step tells apart lead to the same state.</summary>
    public IEnumerable<Func<byte, bool>> Distinctions()
    {
        bool hasWords = false;
        for (int i = 0; i < _program.Count; i++)
        {
            RegexInstruction step = _program[i];
            if (step.Kind == RegexInstructionKind.Byte)
            {
                yield return step.Takes;
            }

            hasWords |=
                step.Kind == RegexInstructionKind.Anchor
                && (RegexAnchorKind)step.Other is RegexAnchorKind.WordBoundary or RegexAnchorKind.NotWordBoundary;
        }

        if (hasWords)
        {
            yield return static b => IsWord(b);
        }
    }

    private static bool IsWord(int b) => b >= 0 && AsciiSet.Word.Contains(b);

    // The steps over a byte that the state leads to; null where the regex has matched.
    private HashSet<int>? Follow(State state, int next)
    {
        var taking = new HashSet<int>();
        var seen = new HashSet<int>();
        var pending = new Stack<int>([.. state.Steps, _program.Start]);
        while (pending.TryPop(out int at))
        {
            if (!seen.Add(at))
            {
                continue;
            }

            RegexInstruction step = _program[at];
            switch (step.Kind)
            {
                case RegexInstructionKind.Match:
                    return null;
                case RegexInstructionKind.Byte:
                    taking.Add(at);
                    break;
                case RegexInstructionKind.Fork:
                    pending.Push(step.Other);
                    pending.Push(step.Next);
                    break;
                case RegexInstructionKind.Anchor when !Holds((RegexAnchorKind)step.Other, state, next):
                    break;
                default:
                    pending.Push(step.Next);
                    break;
            }
        }

        return taking;
    }

    private static bool Holds(RegexAnchorKind kind, State state, int next) =>
        kind switch
        {
            RegexAnchorKind.TextStart => state.IsStart,
            RegexAnchorKind.TextEnd => next == End,
            RegexAnchorKind.WordBoundary => state.AfterWord != IsWord(next),
            _ => state.AfterWord == IsWord(next),
        };

    private int Intern(State state)
    {
        string key = $"{(state.IsStart ? 's' : state.AfterWord ? 'w' : '-')}{string.Join(',', state.Steps)}";
        if (!_ids.TryGetValue(key, out int id))
        {
            _ids[key] = id = _states.Count;
            _states.Add(state);
        }

        return id;
    }

    private sealed record State(IReadOnlyList<int> Steps, bool IsStart, bool AfterWord);
}
