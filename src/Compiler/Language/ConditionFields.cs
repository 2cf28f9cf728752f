using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of a condition on a value.</summary>
public static class ConditionFields
{
    public static readonly Field Regex = new(
        "regex",
        TypeSchema.Regex,
        "The value has a match of this regex anywhere, as far as `^` and `$` don't say where. In `query` and `cookie` they stand at the "
            + "ends of the regex or of its alternatives, and `.` and classes take no blank."
    )
    {
        Example = "'(?i)(bot|crawler)'",
        Required = true,
    };

    public static readonly ObjectSchema Schema = new(
        "condition",
        "A condition on a value that a glob can't say: `header: { User-Agent: { regex: '(?i)bot' } }`.",
        Regex
    );

    /// <summary>A glob, or these fields.</summary>
    public static readonly TypeSchema Type = new TypeSchema.AnyOf(TypeSchema.Glob, new TypeSchema.Fields(() => Schema!));
}
