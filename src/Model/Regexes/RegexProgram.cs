namespace Confgen.Model.Regexes;

/// <summary>
/// A regex as a program for a machine that follows all ways at once (Thompson 1968; Pike's with submatches): linear time, and the match
/// and groups that PCRE and RE2 give. .NET's engine without backtracking tells rightly whether there is a match, but not where it
/// ends: <c>(?:a.*?)+x</c> runs on to the last x.
/// </summary>
internal sealed class RegexProgram
{
    private readonly List<RegexInstruction> _steps = [];

    public RegexProgram(RegexPattern pattern)
    {
        Slots = 2 * (pattern.Groups.Count + 1);
        int match = Emit(new RegexInstruction(RegexInstructionKind.Match, 0));
        int end = Emit(new RegexInstruction(RegexInstructionKind.Save, match, 1));
        Start = Emit(new RegexInstruction(RegexInstructionKind.Save, Compile(pattern.Root, end), 0));
    }

    /// <summary>The first step.</summary>
    public int Start { get; }

    /// <summary>Two places for each group, the whole match being group 0.</summary>
    public int Slots { get; }

    /// <summary>The number of steps.</summary>
    public int Count => _steps.Count;

    public RegexInstruction this[int step] => _steps[step];

    // Compiled from the end: each piece is given the step that follows it.
    private int Compile(RegexNode node, int next)
    {
        switch (node)
        {
            case RegexLiteral literal:
                return Literal(literal, next);
            case RegexClass set:
                return Emit(new RegexInstruction(RegexInstructionKind.Byte, next, Set: set.Set));
            case RegexAnyChar any:
                return Emit(
                    new RegexInstruction(RegexInstructionKind.Byte, next, Set: any.Newline ? ~AsciiSet.None : ~AsciiSet.Range('\n', '\n'))
                );
            case RegexAnchor anchor:
                return Emit(new RegexInstruction(RegexInstructionKind.Anchor, next, (int)anchor.Kind));
            case RegexGroup { Number: 0 } group:
                return Compile(group.Body, next);
            case RegexGroup group:
                int close = Emit(new RegexInstruction(RegexInstructionKind.Save, next, (2 * group.Number) + 1));
                return Emit(new RegexInstruction(RegexInstructionKind.Save, Compile(group.Body, close), 2 * group.Number));
            case RegexSequence sequence:
                for (int i = sequence.Items.Count - 1; i >= 0; i--)
                {
                    next = Compile(sequence.Items[i], next);
                }

                return next;
            case RegexAlternation alternation:
                int branch = Compile(alternation.Branches[^1], next);
                for (int i = alternation.Branches.Count - 2; i >= 0; i--)
                {
                    branch = Emit(new RegexInstruction(RegexInstructionKind.Fork, Compile(alternation.Branches[i], next), branch));
                }

                return branch;
            case RegexRepeat repeat:
                return Repeat(repeat, next);
            default:
                return next;
        }
    }

    private int Repeat(RegexRepeat repeat, int next)
    {
        int entry = next;
        if (repeat.Max is { } max)
        {
            for (int i = repeat.Min; i < max; i++)
            {
                entry = Fork(repeat, Compile(repeat.Body, entry), next);
            }
        }
        else
        {
            int loop = Emit(default);
            int body = Compile(repeat.Body, loop);
            _steps[loop] = ForkOf(repeat, body, next);
            entry = loop;
        }

        for (int i = 0; i < repeat.Min; i++)
        {
            entry = Compile(repeat.Body, entry);
        }

        return entry;
    }

    private int Fork(RegexRepeat repeat, int body, int next) => Emit(ForkOf(repeat, body, next));

    private static RegexInstruction ForkOf(RegexRepeat repeat, int body, int next) =>
        repeat.Lazy
            ? new RegexInstruction(RegexInstructionKind.Fork, next, body)
            : new RegexInstruction(RegexInstructionKind.Fork, body, next);

    private int Literal(RegexLiteral literal, int next)
    {
        if (literal.IgnoreCase)
        {
            AsciiSet both = AsciiSet.Range((char)literal.Char.Value, (char)literal.Char.Value).WithBothCases();
            return Emit(new RegexInstruction(RegexInstructionKind.Byte, next, Set: both));
        }

        Span<byte> bytes = stackalloc byte[4];
        for (int i = literal.Char.EncodeToUtf8(bytes) - 1; i >= 0; i--)
        {
            next = Emit(new RegexInstruction(RegexInstructionKind.Byte, next, Byte: bytes[i]));
        }

        return next;
    }

    private int Emit(RegexInstruction step)
    {
        _steps.Add(step);
        return _steps.Count - 1;
    }
}
