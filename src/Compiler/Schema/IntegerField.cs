using System.Globalization;

namespace Confgen.Compiler.Schema;

/// <summary>A field whose value is a whole number.</summary>
public sealed class IntegerField : Field
{
    /// <summary>Declares a field.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="doc">What it does, in Markdown.</param>
    /// <param name="fallback">The value where the field is left out; null where that has a meaning of its own.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    public IntegerField(string name, string doc, int? fallback, int min, int max)
        : base(name, TypeSchema.Integer, doc)
    {
        Fallback = fallback ?? 0;
        Min = min;
        Max = max;
        Default = fallback?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The value where the field is left out.</summary>
    public int Fallback { get; }

    /// <summary>The least value.</summary>
    public int Min { get; }

    /// <summary>The greatest value.</summary>
    public int Max { get; }
}
