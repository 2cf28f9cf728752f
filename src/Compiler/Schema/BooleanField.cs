namespace Confgen.Compiler.Schema;

/// <summary>A field whose value is <c>true</c> or <c>false</c>.</summary>
public sealed class BooleanField : Field
{
    /// <summary>Declares a field.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="doc">What it does, in Markdown.</param>
    /// <param name="fallback">The value where the field is left out.</param>
    public BooleanField(string name, string doc, bool fallback)
        : base(name, TypeSchema.Boolean, doc)
    {
        Fallback = fallback;
        Default = fallback ? "true" : "false";
    }

    /// <summary>The value where the field is left out.</summary>
    public bool Fallback { get; }
}
