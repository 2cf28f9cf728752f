namespace Confgen.Compiler.Schema;

/// <summary>
/// What a value may look like, in so far as JSON Schema can tell. A map declares the ones that it refuses; the compiler gives the reason.
/// </summary>
public abstract record Shape
{
    /// <summary>One of the words, numbers or booleans, as they are written in YAML.</summary>
    public sealed record Word(params IReadOnlyList<string> Words) : Shape;

    /// <summary>A text that a regex (ECMAScript) matches.</summary>
    public sealed record Text(string Pattern) : Shape;

    /// <summary>A map with the key, whose value has the shape.</summary>
    public sealed record With(string Key, Shape Value) : Shape;

    /// <summary>A map without the key.</summary>
    public sealed record Without(string Key) : Shape;

    /// <summary>A map with a key that a regex (ECMAScript) matches.</summary>
    public sealed record WithKeyLike(string Pattern) : Shape;

    /// <summary>The shape itself, or a list with an element of it.</summary>
    public sealed record Some(Shape Element) : Shape;

    /// <summary>A list of elements that all have the shape, at least one.</summary>
    public sealed record Each(Shape Element) : Shape;

    /// <summary>All of several shapes at once.</summary>
    public sealed record All(params IReadOnlyList<Shape> Shapes) : Shape;

    /// <summary>One of several shapes.</summary>
    public sealed record OneOf(params IReadOnlyList<Shape> Shapes) : Shape;

    /// <summary>Any other shape than this one.</summary>
    public sealed record Not(Shape Shape) : Shape;

    /// <summary>Any value.</summary>
    public static readonly Shape Anything = new All();

    /// <summary>True, in any of the spellings that the compiler takes.</summary>
    public static readonly Shape True = new Word("true", "yes", "on");

    /// <summary>A regex for the words, whatever their case.</summary>
    public static string AnyCase(IEnumerable<string> words) =>
        $"^({string.Join('|', words.Select(w => string.Concat(w.Select(AnyCase))))})$";

    private static string AnyCase(char c) => char.IsLetter(c) ? $"[{char.ToUpperInvariant(c)}{c}]" : $"{c}";
}
