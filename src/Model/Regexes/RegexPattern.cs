using System.Diagnostics.CodeAnalysis;

namespace Confgen.Model.Regexes;

/// <summary>A regex of the RE2 subset.</summary>
/// <param name="Text">The regex as written.</param>
public sealed record RegexPattern(string Text)
{
    /// <summary>Reads a regex.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RegexPattern? value, out string? problem, out int offset)
    {
        (value, problem, offset) = (new RegexPattern(text), null, 0);
        return true;
    }
}
