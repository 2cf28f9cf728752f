using System.Text.RegularExpressions;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>What a log says in the end.</summary>
/// <param name="File">The file in the run's folder, or <c>stdout</c> for what the program says.</param>
/// <param name="Matches">A pattern that one of its lines matches.</param>
/// <param name="Never">A pattern that none of its lines matches by then; null for none.</param>
internal sealed record LogCheck(string File, string Matches, string? Never)
{
    /// <summary>What the program says, instead of a file.</summary>
    public const string Output = "stdout";

    /// <summary>Whether the line is there.</summary>
    public bool IsMatch(string text) => Regex.IsMatch(text, Matches, RegexOptions.Multiline);

    /// <summary>Whether a line is there that must not.</summary>
    public bool HasForbidden(string text) => Never is not null && Regex.IsMatch(text, Never, RegexOptions.Multiline);
}
