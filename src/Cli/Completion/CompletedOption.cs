using System.CommandLine;

namespace Confgen.Cli.Completion;

/// <summary>An option as a shell completes it.</summary>
/// <param name="Names">Its names with their dashes, the long one first.</param>
/// <param name="Description">What it does.</param>
/// <param name="Value">What stands behind it; <see cref="CompletedValue.None"/> for a flag.</param>
internal sealed record CompletedOption(IReadOnlyList<string> Names, string Description, CompletedValue Value)
{
    public static CompletedOption Of(Option option) =>
        new(
            [
                .. option
                    .Aliases.Prepend(option.Name)
                    .Where(n => n.StartsWith('-') && !n.Contains('?', StringComparison.Ordinal))
                    .Distinct(StringComparer.Ordinal)
                    .OrderByDescending(n => n.Length),
            ],
            option.Description ?? "",
            CompletedValue.Of(option)
        );
}
