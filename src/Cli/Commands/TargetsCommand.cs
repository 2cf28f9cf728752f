using System.CommandLine;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Reference;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen targets</c>.</summary>
internal static class TargetsCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        var names = new Argument<string[]>("NAME")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Programs; all are listed unless given.",
        };
        names.CompletionSources.Add(_ => surroundings.Targets().Select(t => t.Name));
        var differing = Parameters.Flag("--differing", "Leave out the fields that are honoured exactly.");
        var verb = new Verb("targets", "List the programs that take specs, or tell how far some honour each field.")
        {
            Examples =
            [
                new("confgen targets", "the programs and their versions"),
                new("confgen targets nginx", "every field, as nginx honours it"),
                new("confgen targets nginx caddy --differing", "where the two differ from the language"),
            ],
        };
        verb.Add(names);
        verb.Add(differing);
        verb.SetAction(call => Run(surroundings, call.GetValue(names) ?? [], call.GetValue(differing)));
        return verb;
    }

    private static int Run(CliEnvironment surroundings, string[] names, bool differing)
    {
        if (TargetChoice.ByName(surroundings, names) is not { } targets)
        {
            return ExitCode.BadCall;
        }

        if (targets.Count == 0)
        {
            Columns.Write(
                surroundings.Out,
                surroundings.OutTerminal,
                ["Name", "Versions", "Default", "What it is"],
                [.. surroundings.Targets().Select(Row)]
            );
            return ExitCode.Good;
        }

        foreach (ITarget target in targets)
        {
            Describe(surroundings, target, differing);
        }

        return ExitCode.Good;
    }

    private static string[] Row(ITarget target) =>
        [target.Name, CapabilityText.Versions(target), target.Versions.Count == 0 ? "" : target.DefaultVersion.ToString(), target.Title];

    private static void Describe(CliEnvironment surroundings, ITarget target, bool differing)
    {
        TextWriter output = surroundings.Out;
        var paint = new Paint(surroundings.OutTerminal.HasColours);
        output.WriteLine(paint.Bold($"{target.Name}: {target.Title}"));
        if (target.Versions.Count > 0)
        {
            output.WriteLine(
                $"Versions: {CapabilityText.Versions(target)}; {target.DefaultVersion} unless targets.{target.Name}.version says another."
            );
        }

        foreach (ProgramNote note in target.Capabilities.Notes)
        {
            output.WriteLine($"{(note.LosesData ? "Warning" : "Note")}{CapabilityText.Of(note.Versions, "", ", ")}: {note.Note}");
        }

        if (target.Settings.Fields.Count > 0)
        {
            output.WriteLine();
            Columns.Write(
                output,
                surroundings.OutTerminal,
                ["Setting", "Meaning"],
                [.. target.Settings.Fields.Select(f => new[] { $"targets.{target.Name}.{f.Name}", f.Doc })]
            );
        }

        FieldCatalogue catalogue = Compilers.Create(surroundings).Catalogue;
        string[][] rows =
        [
            .. CapabilityText
                .FieldsOf(catalogue)
                .SelectMany(id => target.Capabilities.Of(id))
                .Where(c => !differing || c.Support is Support.Approximate or Support.Unsupported)
                .Select(c => new[] { c.Field, CapabilityText.Of(c.Support), CapabilityText.Detail(c) }),
        ];
        output.WriteLine();
        Columns.Write(output, surroundings.OutTerminal, ["Field", "Support", "How"], rows);
    }
}
