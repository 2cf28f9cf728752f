namespace Confgen.Compiler.Schema;

/// <summary>A field whose value is a text with a default.</summary>
public sealed class TextField : Field
{
    /// <summary>Declares a field.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="doc">What it does, in Markdown.</param>
    /// <param name="fallback">The value where the field is left out.</param>
    /// <param name="type">What the text is; any by default.</param>
    public TextField(string name, string doc, string fallback, TypeSchema? type = null)
        : base(name, type ?? TypeSchema.Text, doc)
    {
        Fallback = fallback;
        Default = fallback;
    }

    /// <summary>The value where the field is left out.</summary>
    public string Fallback { get; }
}
