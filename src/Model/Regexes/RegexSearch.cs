namespace Confgen.Model.Regexes;

/// <summary>
/// One run of a <see cref="RegexProgram"/> over a text: finds the leftmost match, and of these the one that is preferred.
/// </summary>
internal sealed class RegexSearch
{
    private readonly RegexProgram _program;
    private readonly Stack<(int Step, int Slot, int Before)> _pending = new();
    private readonly int[] _slots;
    private Threads _now;
    private Threads _next;

    private RegexSearch(RegexProgram program)
    {
        _program = program;
        _slots = new int[program.Slots];
        _now = new Threads(program.Count);
        _next = new Threads(program.Count);
    }

    /// <summary>The start and end of the match and of each group, -1 for a group that took no part; null where there is no match.</summary>
    public static int[]? Find(RegexProgram program, ReadOnlySpan<byte> text) => new RegexSearch(program).Run(text);

    private int[]? Run(ReadOnlySpan<byte> text)
    {
        int[]? found = null;
        for (int at = 0; at <= text.Length; at++)
        {
            if (found is null)
            {
                Array.Fill(_slots, -1);
                Follow(_now, _program.Start, at, text);
            }

            if (_now.Count == 0 && found is not null)
            {
                break;
            }

            for (int i = 0; i < _now.Count; i++)
            {
                RegexInstruction step = _program[_now.Step(i)];
                if (step.Kind == RegexInstructionKind.Match)
                {
                    found = _now.Slots(i);
                    break; // what comes behind is less preferred
                }

                if (at < text.Length && step.Takes(text[at]))
                {
                    _now.Slots(i).CopyTo(_slots, 0);
                    Follow(_next, step.Next, at + 1, text);
                }
            }

            (_now, _next) = (_next, _now);
            _next.Clear();
        }

        return found;
    }

    // Goes on from a step to every step that takes a byte, in order of preference, each once.
    private void Follow(Threads threads, int start, int at, ReadOnlySpan<byte> text)
    {
        _pending.Push((start, -1, 0));
        while (_pending.TryPop(out (int Step, int Slot, int Before) next))
        {
            if (next.Slot >= 0)
            {
                _slots[next.Slot] = next.Before;
                continue;
            }

            if (!threads.Visit(next.Step))
            {
                continue;
            }

            RegexInstruction step = _program[next.Step];
            switch (step.Kind)
            {
                case RegexInstructionKind.Fork:
                    _pending.Push((step.Other, -1, 0));
                    _pending.Push((step.Next, -1, 0));
                    break;
                case RegexInstructionKind.Save:
                    _pending.Push((0, step.Other, _slots[step.Other]));
                    _slots[step.Other] = at;
                    _pending.Push((step.Next, -1, 0));
                    break;
                case RegexInstructionKind.Anchor:
                    if (Holds((RegexAnchorKind)step.Other, at, text))
                    {
                        _pending.Push((step.Next, -1, 0));
                    }

                    break;
                default:
                    threads.Add(next.Step, [.. _slots]);
                    break;
            }
        }
    }

    private static bool Holds(RegexAnchorKind kind, int at, ReadOnlySpan<byte> text) =>
        kind switch
        {
            RegexAnchorKind.TextStart => at == 0,
            RegexAnchorKind.TextEnd => at == text.Length,
            RegexAnchorKind.WordBoundary => IsWord(at - 1, text) != IsWord(at, text),
            _ => IsWord(at - 1, text) == IsWord(at, text),
        };

    private static bool IsWord(int at, ReadOnlySpan<byte> text) => at >= 0 && at < text.Length && AsciiSet.Word.Contains(text[at]);

    /// <summary>The ways that are followed at one place of the text, the preferred first.</summary>
    private sealed class Threads(int steps)
    {
        private readonly List<(int Step, int[] Slots)> _items = [];
        private readonly int[] _visited = new int[steps];
        private int _round = 1;

        public int Count => _items.Count;

        public int Step(int index) => _items[index].Step;

        public int[] Slots(int index) => _items[index].Slots;

        public bool Visit(int step)
        {
            bool first = _visited[step] != _round;
            _visited[step] = _round;
            return first;
        }

        public void Add(int step, int[] slots) => _items.Add((step, slots));

        public void Clear()
        {
            _items.Clear();
            _round++;
        }
    }
}
