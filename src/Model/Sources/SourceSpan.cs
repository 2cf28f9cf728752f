namespace Confgen.Model.Sources;

/// <summary>A stretch of text in one file. Lines and columns count from 1; the end is exclusive.</summary>
/// <param name="File">The file's name as the user gave it, or <c>&lt;stdin&gt;</c>; empty when no file is concerned.</param>
/// <param name="Line">First line.</param>
/// <param name="Column">First column, in UTF-16 units.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">The column after the last one.</param>
public readonly record struct SourceSpan(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>No place at all: the span of what nobody wrote.</summary>
    public static readonly SourceSpan None = new("", 0, 0, 0, 0);

    /// <summary>Whether this names a place.</summary>
    public bool IsSome => Line > 0;

    /// <summary>Whether the other one's beginning lies in this stretch.</summary>
    public bool Contains(SourceSpan other) =>
        File == other.File
        && (other.Line, other.Column).CompareTo((Line, Column)) >= 0
        && (other.Line, other.Column).CompareTo((EndLine, EndColumn)) < 0;

    /// <summary><c>file:line:column</c>, as compilers print it and editors jump to it.</summary>
    public override string ToString() => IsSome ? string.Create(null, $"{File}:{Line}:{Column}") : File;
}
