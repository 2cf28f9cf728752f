using System.CommandLine;
using Confgen.Cli.Compiling;
using Confgen.Cli.Editing;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen lsp</c>.</summary>
internal static class LspCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        Option<string[]> targets = Parameters.Targets(surroundings, "Also show what these programs can't do, or do with a difference.");
        var stdio = new Option<bool>("--stdio") { Hidden = true, Description = "Means nothing: some editors add it." };
        var verb = new Verb("lsp", "Help an editor with specs: a language server on standard input and output.")
        {
            Examples = [new("confgen lsp", "what an editor starts"), new("confgen lsp -t nginx", "with what nginx can't do")],
        };
        verb.Add(targets);
        verb.Add(stdio);
        verb.SetAction(call =>
        {
            if (TargetChoice.ByName(surroundings, call.GetValue(targets) ?? []) is not { } chosen)
            {
                return ExitCode.BadCall;
            }

            using var server = new LanguageServer(surroundings, chosen);
            return server.Run();
        });
        return verb;
    }
}
