namespace Confgen.Model.Regexes;

/// <summary>A piece of a parsed regex. Flags are resolved: each piece knows by itself what it matches.</summary>
public abstract record RegexNode
{
    /// <summary>Where it starts in the text, in UTF-16 units.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends in the text, exclusive.</summary>
    public required int End { get; init; }

    /// <summary>Whether it can match the empty text.</summary>
    public abstract bool IsNullable { get; }

    /// <summary>How many characters and classes it holds when its counted repetitions are written out: what it costs a program.</summary>
    internal abstract long Size { get; }
}
