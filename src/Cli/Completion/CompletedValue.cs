using System.CommandLine;
using System.CommandLine.Completions;

namespace Confgen.Cli.Completion;

/// <summary>A value as a shell completes it.</summary>
/// <param name="Kind">What is offered.</param>
/// <param name="Words">The words, for those kinds that have some.</param>
internal sealed record CompletedValue(CompletedKind Kind, IReadOnlyList<string> Words)
{
    public static readonly CompletedValue None = new(CompletedKind.None, []);

    public static CompletedValue Of(Option option)
    {
        bool isFlag = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;
        return isFlag ? None : Of(option.HelpName ?? "", WordsOf(option));
    }

    public static CompletedValue Of(Argument argument) => Of(argument.Name, WordsOf(argument));

    private static CompletedValue Of(string name, string[] words) =>
        name switch
        {
            "NAME,..." => new(CompletedKind.Words, words),
            "SPEC" or "FILE" => new(CompletedKind.File, []),
            "DIR" => new(CompletedKind.Folder, []),
            _ => new(words.Length > 0 ? CompletedKind.Word : CompletedKind.Anything, words),
        };

    private static string[] WordsOf(Symbol symbol) => [.. symbol.GetCompletions(CompletionContext.Empty).Select(c => c.Label)];
}
