using Confgen.Model.Regexes;

namespace Confgen.Model.Globs;

/// <summary>What the value of a name must match: a glob over the whole value, or a regex anywhere in it.</summary>
public abstract record ValuePattern
{
    /// <summary>The pattern as written.</summary>
    public abstract string Text { get; }

    /// <summary>Whether every value matches.</summary>
    public virtual bool IsEverything => false;

    /// <summary>The only value that matches; null where others do.</summary>
    public virtual string? AsLiteral => null;

    /// <summary>How a message calls it.</summary>
    public abstract string Words { get; }

    /// <summary>Whether the value matches.</summary>
    public abstract bool Matches(ReadOnlySpan<byte> value);

    /// <summary>The pattern as a regex that searches a value.</summary>
    public abstract string Write(RegexDialect dialect);

    /// <summary>The pattern as a regex that takes a whole value among others, without anchors.</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="star">What takes any bytes of a value: <c>.*</c>, or <c>[^&amp;]*</c> within a query.</param>
    /// <returns>Null where the pattern asks for an end of the value in its midst.</returns>
    public abstract string? WriteBody(RegexDialect dialect, string star);
}
