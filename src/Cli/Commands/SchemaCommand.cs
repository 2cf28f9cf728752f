using System.CommandLine;
using Confgen.Cli.Compiling;
using Confgen.Cli.Reference;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen schema</c>.</summary>
internal static class SchemaCommand
{
    /// <summary>The name under which the schema is usually kept beside specs.</summary>
    public const string UsualFile = "confgen.schema.json";

    public static Command Create(CliEnvironment surroundings)
    {
        var modeline = new Option<string?>("--modeline")
        {
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
            Description = $"Print the first line of a spec that leads editors to the schema in FILE, {UsualFile} unless given.",
        };
        var verb = new Verb("schema", "Print the language as a JSON Schema (draft 2020-12), for editors.")
        {
            Examples =
            [
                new($"confgen schema > {UsualFile}", "keep it beside the specs"),
                new("confgen schema --modeline", "the line that editors with yaml-language-server read"),
            ],
        };
        verb.Add(modeline);
        verb.SetAction(call =>
        {
            surroundings.Out.Write(
                call.GetResult(modeline) is null
                    ? JsonSchema.Of(Compilers.Create(surroundings).Catalogue.Objects[0])
                    : Modeline(call.GetValue(modeline) ?? UsualFile) + "\n"
            );
            return ExitCode.Good;
        });
        return verb;
    }

    /// <summary>The line that yaml-language-server reads.</summary>
    public static string Modeline(string file) =>
        "# yaml-language-server: $schema="
        + (Path.IsPathRooted(file) || file.Contains("://", StringComparison.Ordinal) || file.StartsWith('.') ? file : "./" + file);
}
