using System.Diagnostics.CodeAnalysis;

namespace Confgen.Model.Globs;

/// <summary>A text in which <c>*</c> stands for any bytes.</summary>
/// <param name="Text">The glob as written.</param>
public sealed record Glob(string Text)
{
    /// <summary>Reads a glob.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Glob? value, out string? problem)
    {
        (value, problem) = (new Glob(text), null);
        return true;
    }
}
