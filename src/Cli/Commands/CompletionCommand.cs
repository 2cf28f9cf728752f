using System.CommandLine;
using Confgen.Cli.Completion;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen completion</c>.</summary>
internal static class CompletionCommand
{
    private static readonly string[] _shells = ["bash", "zsh", "fish"];

    public static Command Create(CliEnvironment surroundings)
    {
        Argument<string> shell = new Argument<string>("SHELL")
        {
            HelpName = string.Join('|', _shells),
            Description = "The shell.",
        }.AcceptOnlyFromAmong(_shells);
        var verb = new Verb("completion", "Print a script with which a shell completes verbs, options, targets and rules.")
        {
            Examples =
            [
                new("source <(confgen completion bash)", "in ~/.bashrc"),
                new("confgen completion fish > ~/.config/fish/completions/confgen.fish", "for fish"),
            ],
        };
        verb.Add(shell);
        verb.SetAction(call =>
        {
            IReadOnlyList<CompletedVerb> verbs = CompletedVerb.Of(call.RootCommandResult.Command);
            surroundings.Out.Write(
                call.GetValue(shell) switch
                {
                    "zsh" => ZshCompletion.Of(verbs),
                    "fish" => FishCompletion.Of(verbs),
                    _ => BashCompletion.Of(verbs),
                }
            );
            return ExitCode.Good;
        });
        return verb;
    }
}
