namespace Confgen.Model.Regexes;

/// <summary>A step of a <see cref="RegexProgram"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">The step that follows; the preferred one of a fork.</param>
/// <param name="Other">The other step of a fork, the slot of a save, the kind of an anchor.</param>
/// <param name="Set">The bytes that a step over one takes; beyond ASCII all or none.</param>
/// <param name="Byte">The only byte that a step takes, or -1 where the set says it.</param>
internal readonly record struct RegexInstruction(RegexInstructionKind Kind, int Next, int Other = 0, AsciiSet Set = default, int Byte = -1)
{
    /// <summary>Whether a step over one byte takes this one.</summary>
    public bool Takes(byte b) => Byte >= 0 ? b == Byte : Set.Contains(b);
}
