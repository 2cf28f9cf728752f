using System.CommandLine;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Formatting;
using Confgen.Cli.Importing;
using Confgen.Cli.Importing.Proving;
using Confgen.Cli.Output;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Syntax;
using Confgen.Targets;
using Confgen.Targets.Importing;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        string[] programs = [.. ImporterCatalogue.All.Select(i => i.Name)];
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "The configuration's main file, whose includes are read too; or what 'nginx -T' prints; - is standard input.",
        };
        Option<string?> from = new Option<string?>("--from")
        {
            HelpName = string.Join('|', programs),
            Description = "The program whose configuration it is; told from the file unless given.",
        }.AcceptOnlyFromAmong(programs);
        var map = new Option<string[]>("--map")
        {
            HelpName = "FOLDER=HERE",
            Description = "Where a folder that the configuration names is on this machine; may be given again.",
        };
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The spec's file; standard output unless given.",
        };
        Option<bool> force = Parameters.Flag("--force", "Overwrite the spec's file.");
        Option<bool> allowLoss = Parameters.Flag("--allow-loss", "Exit with 0 even where something is lost.");
        Option<bool> prove = Parameters.Flag(
            "--prove",
            "Also run the configuration on its own program and the spec on nginx, Caddy and serve, with mock upstreams, and compare."
        );
        var program = new Option<string?>("--program")
        {
            HelpName = "FILE",
            Description = "With --prove: the program that runs the configuration; the installed one unless given.",
        };
        Option<bool> all = Parameters.Flag("--all", "Report every directive, not only what is lost or to be known.");
        Option<string> format = new Option<string>("--format")
        {
            HelpName = "text|json",
            Description = "How the report is written, on standard error; as json with every directive.",
            DefaultValueFactory = _ => "text",
        }.AcceptOnlyFromAmong("text", "json");
        var verb = new Verb("import", "Read another program's configuration as a spec, and report what became of each directive.")
        {
            Examples =
            [
                new("confgen import /etc/nginx/nginx.conf -o confgen.yaml", "a running nginx"),
                new("confgen import /etc/caddy/Caddyfile -o confgen.yaml", "a running Caddy"),
                new("confgen import traefik.yaml dynamic.yaml -o confgen.yaml", "Traefik's static and dynamic files"),
                new("confgen import compose.yaml -o confgen.yaml", "labels of Traefik or caddy-docker-proxy"),
                new("nginx -T 2>/dev/null | confgen import - > confgen.yaml", "what nginx itself prints"),
                new("confgen import nginx.conf --map /etc/nginx=./nginx", "a copy of its folder"),
                new("confgen import nginx.conf --prove > confgen.yaml", "and the same requests to both, before you switch"),
                new("confgen import nginx.conf --format json 2> report.json", "the report for other programs"),
            ],
        };
        verb.Add(files);
        foreach (Option option in new Option[] { from, map, output, force, allowLoss, prove, program, all, format })
        {
            verb.Add(option);
        }

        verb.Validators.Add(call =>
        {
            if (Parameters.Given(call, map).FirstOrDefault(m => m.IndexOf('=', StringComparison.Ordinal) is < 1) is { } wrong)
            {
                call.AddError($"'--map {wrong}' names no two folders: write it as --map /etc/nginx=./nginx");
            }
        });
        verb.SetAction(call =>
            Run(
                surroundings,
                new Call(
                    call.GetValue(files) ?? [],
                    call.GetValue(from),
                    call.GetValue(map) ?? [],
                    call.GetValue(output),
                    call.GetValue(force),
                    call.GetValue(allowLoss),
                    call.GetValue(prove),
                    call.GetValue(program),
                    call.GetValue(all),
                    call.GetValue(format) == "json"
                )
            )
        );
        return verb;
    }

    private static int Run(CliEnvironment surroundings, Call call)
    {
        var files = new List<(string Name, string Text)>();
        foreach (string name in call.Files)
        {
            if (Read(surroundings, name) is not { } text)
            {
                return ExitCode.BadCall;
            }

            files.Add((name == "-" ? "<stdin>" : name, text));
        }

        if (call.Output is { } file && surroundings.Files.FileExists(file) && !call.Force)
        {
            return surroundings.Complain(
                CallRules.CannotWrite,
                $"'{file}' is there already",
                "write another file, or overwrite it with --force"
            );
        }

        IImporter? importer = ImporterCatalogue.All.FirstOrDefault(i =>
            call.From is { } from ? i.Name == from : i.Recognizes(files[0].Name, files[0].Text)
        );
        if (importer is null)
        {
            return surroundings.Complain(
                CallRules.CannotRead,
                $"'{files[0].Name}' is of no program whose configuration can be read",
                "name the program with --from " + string.Join('|', ImporterCatalogue.All.Select(i => i.Name))
            );
        }

        (string From, string To)[] folders = [.. call.Folders.Select(m => m.Split('=', 2)).Select(m => (m[0], m[1]))];
        var request = new ImportRequest(files, surroundings.Files, folders) { Variable = surroundings.Variable };
        ImportResult result = importer.Import(request);
        if (result.Spec is not { } spec)
        {
            return surroundings.Complain(CallRules.CannotRead, result.Error ?? "nothing can be read");
        }

        string formatted = Formatted(surroundings, call.Output ?? "confgen.yaml", spec);
        if (Write(surroundings, call, formatted) is { } code)
        {
            return code;
        }

        ProofResult? proof = null;
        if (call.Prove && Proof.Run(surroundings, importer, request, result, formatted, call.Program, out proof) is { } failure)
        {
            return surroundings.Complain(CallRules.CannotRead, failure);
        }

        return Report(surroundings, call, result, proof);
    }

    private static string? Read(CliEnvironment surroundings, string name)
    {
        try
        {
            using Stream stream = name == "-" ? surroundings.Input() : surroundings.Files.Open(name);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            surroundings.Complain(CallRules.CannotRead, $"'{name}' can't be read: {e.Message}");
            return null;
        }
    }

    // The printer of `fmt` has the last word on the form.
    private static string Formatted(CliEnvironment surroundings, string name, string spec)
    {
        CompilerHost host = Compilers.Create(surroundings);
        return SpecFormatter.Format(host, new SourceText(name, spec)).Text ?? spec;
    }

    private static int? Write(CliEnvironment surroundings, Call call, string spec)
    {
        if (call.Output is not { } name)
        {
            surroundings.Out.Write(spec);
            return null;
        }

        var root = new OutputRoot(
            Path.GetDirectoryName(surroundings.FullPath(name)) ?? surroundings.Directory,
            Path.GetDirectoryName(name) ?? ""
        );
        var file = new OutputFile(root, Path.GetFileName(name), Encoding.UTF8.GetBytes(spec), HoldsSecrets: false);
        if (OutputFolder.Fault(file) is { } fault)
        {
            return surroundings.Complain(CallRules.CannotWrite, fault);
        }

        new OutputTransaction(surroundings.Clock).Write([file]);
        return null;
    }

    private static int Report(CliEnvironment surroundings, Call call, ImportResult result, ProofResult? proof)
    {
        int lost = result.Count(ImportFate.Lost);
        if (call.IsJson)
        {
            surroundings.Error.Write(LossReport.Json(result, call.Output, proof));
        }
        else if (!surroundings.IsQuiet || lost > 0)
        {
            LossReport.WriteText(surroundings.Error, new Paint(surroundings.ErrorTerminal.HasColours), result, call.All);
        }

        if (proof is not null && !call.IsJson)
        {
            ProofReport.WriteText(surroundings.Error, new Paint(surroundings.ErrorTerminal.HasColours), proof);
        }

        return (lost > 0 && !call.AllowLoss) || proof is { IsProven: false } ? ExitCode.BadSpec : ExitCode.Good;
    }

    private sealed record Call(
        string[] Files,
        string? From,
        string[] Folders,
        string? Output,
        bool Force,
        bool AllowLoss,
        bool Prove,
        string? Program,
        bool All,
        bool IsJson
    );
}
