namespace Confgen.Model.Regexes;

/// <summary>What a step of a <see cref="RegexProgram"/> does.</summary>
internal enum RegexInstructionKind
{
    /// <summary>Takes one byte.</summary>
    Byte,

    /// <summary>Goes on at two places, the first preferred.</summary>
    Fork,

    /// <summary>Remembers the place in the text.</summary>
    Save,

    /// <summary>Goes on where a condition on the place holds.</summary>
    Anchor,

    /// <summary>The regex has matched.</summary>
    Match,
}
