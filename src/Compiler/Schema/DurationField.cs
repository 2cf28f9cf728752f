using Confgen.Model.Units;

namespace Confgen.Compiler.Schema;

/// <summary>A field whose value is a duration, as <c>30s</c>.</summary>
public sealed class DurationField : Field
{
    /// <summary>Declares a field.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="doc">What it does, in Markdown.</param>
    /// <param name="fallback">The value where the field is left out; null where that has a meaning of its own.</param>
    /// <param name="min">The shortest duration.</param>
    public DurationField(string name, string doc, TimeSpan? fallback, TimeSpan min)
        : base(name, TypeSchema.Duration, doc)
    {
        Fallback = fallback ?? TimeSpan.Zero;
        Min = min;
        Default = fallback is { } time ? Durations.Format(time) : null;
    }

    /// <summary>The value where the field is left out.</summary>
    public TimeSpan Fallback { get; }

    /// <summary>The shortest duration.</summary>
    public TimeSpan Min { get; }
}
