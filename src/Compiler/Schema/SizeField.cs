using Confgen.Model.Units;

namespace Confgen.Compiler.Schema;

/// <summary>A field whose value is a number of bytes, as <c>100MB</c>.</summary>
public sealed class SizeField : Field
{
    /// <summary>Declares a field.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="doc">What it does, in Markdown.</param>
    /// <param name="fallback">The value in bytes where the field is left out; null where that has a meaning of its own.</param>
    /// <param name="min">The least number of bytes.</param>
    public SizeField(string name, string doc, long? fallback, long min)
        : base(name, TypeSchema.Size, doc)
    {
        Fallback = fallback;
        Min = min;
        Default = fallback is { } bytes ? Sizes.Format(bytes) : null;
    }

    /// <summary>The value in bytes where the field is left out; null where that has a meaning of its own.</summary>
    public long? Fallback { get; }

    /// <summary>The least number of bytes.</summary>
    public long Min { get; }
}
