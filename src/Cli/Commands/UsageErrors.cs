using System.CommandLine;
using System.CommandLine.Parsing;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Commands;

/// <summary>Says what is wrong with a call, in this program's words, with the word that was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>The first fault and the way out; null where the call is good.</summary>
    public static (string Problem, string WayOut)? Of(ParseResult call)
    {
        Command verb = call.CommandResult.Command;
        string help = verb is RootCommand ? "'confgen --help' lists the verbs" : $"'confgen {verb.Name} --help' shows how it is called";
        if (HelpPages.AreMeant(call))
        {
            return null;
        }

        // An unknown option before a file's place is taken for the file by the parser.
        if (UnknownOption(call) is { } option)
        {
            IEnumerable<string> known = verb
                .Options.Concat(call.RootCommandResult.Command.Options.Where(o => o.Recursive))
                .Where(o => !o.Hidden)
                .Select(o => o.Name);
            return ($"{Of(verb)} has no option '{option.Split('=')[0]}'", Spelling.DidYouMean(option.Split('=')[0], known) ?? help);
        }

        if (call.UnmatchedTokens is [var stray, ..])
        {
            return verb.Subcommands.Count > 0
                ? (
                    $"there is no verb '{stray}'",
                    Spelling.DidYouMean(stray, verb.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)) ?? help
                )
                : ($"{Of(verb)} has no use for '{stray}'", help);
        }

        return call.Errors is [var error, ..] ? (Words(error), help) : null;
    }

    private static string? UnknownOption(ParseResult call)
    {
        bool afterDashes = false;
        HashSet<string> arguments =
        [
            .. call
                .CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(a => a.Tokens)
                .Select(t => t.Value)
                .Concat(call.UnmatchedTokens),
        ];
        foreach (Token token in call.Tokens)
        {
            afterDashes |= token.Type == TokenType.DoubleDash;
            if (!afterDashes && token is { Type: TokenType.Argument, Value: ['-', _, ..] } && arguments.Contains(token.Value))
            {
                return token.Value;
            }
        }

        return null;
    }

    private static string Of(Command verb) => verb is RootCommand ? "confgen" : $"'{verb.Name}'";

    private static string Words(ParseError error) =>
        error.SymbolResult switch
        {
            OptionResult { Implicit: true, Option: var option } => $"{option.Name} {option.HelpName} is missing",
            OptionResult { Tokens.Count: 0, Option: var option } =>
                $"'{option.Name}' needs a value{(option.HelpName is { } name ? $": {option.Name} {name}" : "")}",
            OptionResult { Option: { HelpName: { } choices } option, Tokens: var tokens }
                when choices.Contains('|', StringComparison.Ordinal) =>
                $"'{tokens[^1].Value}' is not one of {option.Name}'s values: {choices.Replace("|", ", ", StringComparison.Ordinal)}",
            ArgumentResult { Argument: { HelpName: { } choices }, Tokens: [.., var token] }
                when choices.Contains('|', StringComparison.Ordinal) =>
                $"'{token.Value}' is none of {choices.Replace("|", ", ", StringComparison.Ordinal)}",
            ArgumentResult { Tokens.Count: 0, Argument: var argument } => $"{argument.Name} is missing",
            OptionResult { Tokens.Count: > 1, Option: { Arity.MaximumNumberOfValues: 1 } option } =>
                $"'{option.Name}' is given more than once",
            _ => error.Message.ReplaceLineEndings(" ").TrimEnd('.'),
        };
}
