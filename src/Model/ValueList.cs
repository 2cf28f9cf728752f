namespace Confgen.Model;

/// <summary>Makes value lists from spans and sequences.</summary>
public static class ValueList
{
    /// <summary>A list of these elements; the target of a collection expression.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>([.. items]);

    /// <summary>A list of the sequence's elements.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new([.. items]);
}
