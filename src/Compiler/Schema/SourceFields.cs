using Confgen.Model.Sources;

namespace Confgen.Compiler.Schema;

/// <summary>Where fields were written, by their declarations.</summary>
public static class SourceFields
{
    /// <summary>The span of the field's value, or of the whole node where the field was left out.</summary>
    public static SourceSpan Of(this Source source, Field field) => source.Of(field.Name);

    /// <summary>Whether the field was written, here or in the defaults that reached the node.</summary>
    public static bool Wrote(this Source source, Field field) => source.Wrote(field.Name);
}
