using System.CommandLine;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Formatting;
using Confgen.Cli.Output;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen fmt</c>.</summary>
internal static class FmtCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        var specs = new Argument<string[]>("SPEC")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description =
                "The files; - is standard input, whose result goes to standard output. confgen.yaml or confgen.yml of this folder unless "
                + "given.",
        };
        Option<bool> check = Parameters.Flag("--check", "Write nothing; exit with 3 when a file isn't formatted.");
        Option<bool> diff = Parameters.Flag("--diff", "Write nothing; show what would change.");
        Option<bool> write = Parameters.Flag("--write", "Write the files; that is the default.");
        var verb = new Verb("fmt", "Format specs: indentation, spaces and empty lines; every comment and quote stays.")
        {
            Examples =
            [
                new("confgen fmt", "format confgen.yaml"),
                new("confgen fmt --check sites/*.yaml", "in CI: fail when one isn't formatted"),
                new("confgen fmt - < a.yaml > b.yaml", "through standard input and output"),
            ],
        };
        verb.Add(specs);
        foreach (Option option in new Option[] { check, diff, write })
        {
            verb.Add(option);
        }

        verb.Validators.Add(call =>
        {
            if (call.GetValue(write) && (call.GetValue(check) || call.GetValue(diff)))
            {
                call.AddError("'--write' makes no sense with '--check' or '--diff'");
            }
        });
        verb.SetAction(call => Run(surroundings, call.GetValue(specs) ?? [], call.GetValue(check), call.GetValue(diff)));
        return verb;
    }

    private static int Run(CliEnvironment surroundings, string[] specs, bool check, bool diff)
    {
        var inputs = new List<SpecInput>();
        foreach (string? spec in specs.Length == 0 ? new string?[] { null } : specs)
        {
            if (SpecInput.Find(surroundings, spec) is not { } input)
            {
                return ExitCode.BadCall;
            }

            inputs.Add(input);
        }

        CompilerHost host = Compilers.Create(surroundings);
        int code = ExitCode.Good;
        foreach (SpecInput input in inputs)
        {
            int one = Format(surroundings, host, input, check, diff);
            code = Math.Max(code, one);
        }

        return code;
    }

    private static int Format(CliEnvironment surroundings, CompilerHost host, SpecInput input, bool check, bool diff)
    {
        // A file is formatted for itself, so it may lack what those that include it bring; but YAML it must be.
        Compilation compilation = input.Compile(host, surroundings);
        Diagnostic[] unreadable = [.. compilation.Diagnostics.Where(d => SpecFormatter.CannotFormat(d, input.Name))];
        if (unreadable.Length > 0 || !compilation.Sources.TryGetValue(input.Name, out SourceText? source))
        {
            new TextFormat(surroundings.ErrorTerminal).Write(
                surroundings.Error,
                [new Report(input.Name, unreadable.Length > 0 ? unreadable : compilation.Diagnostics, compilation.Sources)]
            );
            return ExitCode.BadSpec;
        }

        FormattedSpec formatted = SpecFormatter.Format(host, source);
        if (formatted.Text is not { } text)
        {
            surroundings.Complain($"{input.Name}: {formatted.Refusal}");
            return ExitCode.BadSpec;
        }

        bool isSame = text == source.Text;
        if (diff && !source.IsSpec)
        {
            surroundings.Say($"{input.Name}: not shown, because it isn't a spec: it has no key of a spec's root");
        }
        else if (diff)
        {
            UnifiedDiff.Write(
                surroundings.Out,
                new Paint(surroundings.OutTerminal.HasColours),
                input.Name,
                compilation.Secrets.Message(source.Text),
                compilation.Secrets.Message(text)
            );
        }

        if (check)
        {
            if (!isSame)
            {
                surroundings.Say($"not formatted: {input.Name}");
            }

            return isSame ? ExitCode.Good : ExitCode.Differs;
        }

        if (input.IsStandardInput && !diff)
        {
            surroundings.Out.Write(text);
        }
        else if (!isSame && !diff)
        {
            return Write(surroundings, input.Name, text);
        }

        return ExitCode.Good;
    }

    private static int Write(CliEnvironment surroundings, string name, string text)
    {
        // The file behind a link is what its author means: it is rewritten where it is.
        string full = surroundings.FullPath(name);
        string real = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        var file = new OutputFile(
            new OutputRoot(Path.GetDirectoryName(real) ?? surroundings.Directory, Path.GetDirectoryName(name) ?? ""),
            Path.GetFileName(real),
            Encoding.UTF8.GetBytes(text),
            HoldsSecrets: false
        );
        new OutputTransaction(surroundings.Clock).Write([file]);
        surroundings.Say($"formatted {name}");
        return ExitCode.Good;
    }
}
