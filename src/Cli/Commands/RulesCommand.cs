using System.CommandLine;
using Confgen.Cli.Output;
using Confgen.Cli.Reference;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen rules</c>.</summary>
internal static class RulesCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        var names = new Argument<string[]>("RULE")
        {
            HelpName = "RULE",
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Codes or names; every rule is listed unless given.",
        };
        names.CompletionSources.Add(_ => AllRules.ByCode.SelectMany(r => new[] { r.Code, r.Name }));
        var json = Parameters.Flag("--json", "Print JSON.");
        var verb = new Verb("rules", "List the rules, or explain some: why, a wrong spec and a right one.")
        {
            Examples =
            [
                new("confgen rules", "every rule in a line"),
                new("confgen rules CFG0107", "the page of one"),
                new("confgen rules unknown-upstream bad-size", "by their names"),
            ],
        };
        verb.Add(names);
        verb.Add(json);
        verb.SetAction(call => Run(surroundings, call.GetValue(names) ?? [], call.GetValue(json)));
        return verb;
    }

    private static int Run(CliEnvironment surroundings, string[] names, bool json)
    {
        var rules = new List<Rule>();
        foreach (string name in names)
        {
            if (AllRules.Find(name) is not { } rule)
            {
                string? near = Spelling.DidYouMean(name, AllRules.ByCode.SelectMany(r => new[] { r.Code, r.Name }));
                return surroundings.Complain($"there is no rule '{name}'", near ?? "'confgen rules' lists them");
            }

            rules.Add(rule);
        }

        if (json)
        {
            JsonText.Write(surroundings.Out, writer => RulePage.WriteJson(writer, rules.Count > 0 ? rules : AllRules.ByCode));
        }
        else if (rules.Count > 0)
        {
            var paint = new Paint(surroundings.OutTerminal.HasColours);
            surroundings.Out.Write(string.Join("\n", rules.Select(r => RulePage.Text(r, paint))));
        }
        else
        {
            Columns.Write(
                surroundings.Out,
                surroundings.OutTerminal,
                ["Code", "Severity", "Name", "What is wrong"],
                [.. AllRules.ByCode.Select(r => new[] { r.Code, SeverityWord.Of(r.Severity), r.Name, r.Title })]
            );
        }

        return ExitCode.Good;
    }
}
