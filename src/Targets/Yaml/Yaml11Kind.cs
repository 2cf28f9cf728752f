namespace Confgen.Targets.Yaml;

/// <summary>What YAML 1.1 takes a plain scalar for.</summary>
internal enum Yaml11Kind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Float,

    /// <summary>A date or a time, or a mark as <c>=</c>.</summary>
    Other,
}
