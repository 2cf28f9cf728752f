namespace Confgen.Compiler.Schema;

/// <summary>A field whose value is one of several words.</summary>
/// <typeparam name="T">What the words stand for in the model.</typeparam>
public sealed class WordField<T> : Field
    where T : struct
{
    /// <summary>Declares a field.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="doc">What it does, in Markdown.</param>
    /// <param name="fallback">The value where the field is left out; null where that has a meaning of its own.</param>
    /// <param name="words">The words, with what each stands for.</param>
    public WordField(string name, string doc, T? fallback, IReadOnlyList<(string Word, T Value)> words)
        : base(name, new TypeSchema.Choice([.. words.Select(w => w.Word)]), doc)
    {
        Fallback = fallback.GetValueOrDefault();
        Words = words;
        Default = fallback is { } value ? words.First(w => w.Value.Equals(value)).Word : null;
    }

    /// <summary>The value where the field is left out.</summary>
    public T Fallback { get; }

    /// <summary>The words, with what each stands for.</summary>
    public IReadOnlyList<(string Word, T Value)> Words { get; }
}
