using System.CommandLine;
using Confgen.Cli.Compiling;
using Confgen.Cli.Diffing;
using Confgen.Cli.Output;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Model.Differences;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen diff</c>.</summary>
internal static class DiffCommand
{
    private static readonly string[] _formats = ["text", "json", "markdown"];
    private static readonly string[] _bounds = ["change", "breakage", "exposure", "never"];

    public static Command Create(CliEnvironment surroundings)
    {
        var old = new Argument<string?>("OLD")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description =
                "The old spec: a file, - for standard input, or REV:FILE for a file at a git revision. With --rev the only argument is "
                + "the new one.",
        };
        var @new = new Argument<string?>("NEW")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The new spec, in the same forms; confgen.yaml or confgen.yml of this folder unless given.",
        };
        var revision = new Option<string?>("--rev") { HelpName = "REV", Description = "Compare with the same spec at this git revision." };
        Option<string[]> targets = Parameters.Targets(surroundings, "Also compare what these programs can't do, or do with a difference.");
        var fromVersion = new Option<string?>("--from-version")
        {
            HelpName = "VERSION",
            Description = "The program's version of the old side; needs one --target.",
        };
        var toVersion = new Option<string?>("--to-version")
        {
            HelpName = "VERSION",
            Description = "The program's version of the new side; needs one --target.",
        };
        Option<string> format = new Option<string>("--format")
        {
            HelpName = string.Join('|', _formats),
            Description = "How it is written.",
            DefaultValueFactory = _ => _formats[0],
        }.AcceptOnlyFromAmong(_formats);
        Option<string> failOn = new Option<string>("--fail-on")
        {
            HelpName = string.Join('|', _bounds),
            Description = "The least risk that exits with 3.",
            DefaultValueFactory = _ => _bounds[0],
        }.AcceptOnlyFromAmong(_bounds);
        var verb = new Verb("diff", "Compare what two specs do: which requests get something else, with an example of each and its risk.")
        {
            Examples =
            [
                new("confgen diff old.yaml new.yaml", "two files"),
                new("confgen diff --rev main", "confgen.yaml here against the one at main"),
                new(
                    "confgen diff HEAD~1:confgen.yaml confgen.yaml --format markdown",
                    "the last commit's, as a comment for a pull request"
                ),
                new("confgen diff confgen.yaml -t nginx --from-version 1.22 --to-version 1.30", "what changes with a newer nginx"),
                new("confgen diff --rev main --fail-on exposure", "in CI: fail where more becomes reachable"),
            ],
        };
        verb.Add(old);
        verb.Add(@new);
        foreach (Option option in new Option[] { revision, targets, fromVersion, toVersion, format, failOn })
        {
            verb.Add(option);
        }

        verb.Validators.Add(call =>
        {
            bool hasVersions = call.GetResult(fromVersion) is not null || call.GetResult(toVersion) is not null;
            if (call.GetValue(revision) is not null && call.GetValue(@new) is not null)
            {
                call.AddError("'--rev' compares one spec with itself at another revision: name one spec");
            }
            else if (
                hasVersions
                && (
                    call.GetValue(fromVersion) is null
                    || call.GetValue(toVersion) is null
                    || call.GetValue(targets) is not [not TargetChoice.Every]
                )
            )
            {
                call.AddError("'--from-version' and '--to-version' go together, with one '--target'");
            }
        });
        verb.SetAction(call =>
            Run(
                surroundings,
                new Request(
                    call.GetValue(old),
                    call.GetValue(@new),
                    call.GetValue(revision),
                    call.GetValue(targets) ?? [],
                    (call.GetValue(fromVersion), call.GetValue(toVersion)),
                    call.GetValue(format) ?? _formats[0],
                    call.GetValue(failOn) ?? _bounds[0]
                )
            )
        );
        return verb;
    }

    private static int Run(CliEnvironment surroundings, Request request)
    {
        if (TargetChoice.ByName(surroundings, request.Targets) is not { } targets)
        {
            return ExitCode.BadCall;
        }

        // 1. Read and compile both sides.
        (string? oldName, string? newName) = (request.Revision, request.New, request.Versions.Old) switch
        {
            ({ } revision, _, _) => ($"{revision}:{Relative(request.Old ?? SpecInput.Find(surroundings, null)?.Name)}", request.Old),
            (_, null, { }) => (request.Old, request.Old),
            (_, null, _) when request.Old is null => (null, null),
            _ => (request.Old, request.New),
        };
        if (surroundings.Complaints.Count > 0)
        {
            return ExitCode.BadCall;
        }

        if (request is { Old: null, Revision: null, Versions.Old: null })
        {
            return surroundings.Complain("there is nothing to compare with", "name two specs, or a revision as 'confgen diff --rev main'");
        }

        if (Side(surroundings, oldName) is not { } old || Side(surroundings, newName) is not { } @new)
        {
            return ExitCode.BadCall;
        }

        if (old.Compilation.Spec is not { } before || @new.Compilation.Spec is not { } after)
        {
            DiffSide broken = old.Compilation.Spec is null ? old : @new;
            var report = new Report(broken.Name, broken.Compilation.Diagnostics, broken.Compilation.Sources);
            ReportFormats.Find("text", surroundings.ErrorTerminal, surroundings).Write(surroundings.Error, [report]);
            return ExitCode.BadSpec;
        }

        // 2. Compare.
        TargetDifference[] programs =
        [
            .. targets.SelectMany(t => TargetDifference.Of(t, old.Compilation, @new.Compilation, request.Versions)),
        ];
        var document = new DiffDocument(old, @new, SpecComparer.Compare(before, after), programs);

        // 3. Tell.
        switch (request.Format)
        {
            case "json":
                DiffJson.Write(surroundings.Out, document);
                break;
            case "markdown":
                DiffMarkdown.Write(surroundings.Out, document);
                break;
            default:
                DiffText.Write(surroundings.Out, document, new Paint(surroundings.OutTerminal.HasColours));
                break;
        }

        bool fails = request.FailOn switch
        {
            "never" => false,
            "exposure" => document.Comparison.Differences.Any(d => d.Risk == Risk.Exposure),
            "breakage" => document.Comparison.Differences.Any(d => d.Risk >= Risk.Breakage),
            _ => !document.IsEmpty,
        };
        return fails ? ExitCode.Differs : ExitCode.Good;
    }

    // Git takes names from the repository's root unless they start with a dot.
    private static string? Relative(string? name) => name is null || Path.IsPathRooted(name) || name.StartsWith('.') ? name : "./" + name;

    private static DiffSide? Side(CliEnvironment surroundings, string? name)
    {
        int colon = name is null || name == "-" || surroundings.Files.FileExists(name) ? -1 : name.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || name is null)
        {
            return SpecInput.Find(surroundings, name) is { } input
                ? new DiffSide(input.Name, "", input.Compile(Compilers.Create(surroundings), surroundings))
                : null;
        }

        (string revision, string file) = (name[..colon], name[(colon + 1)..]);
        IFileSystem disk = surroundings.Files;
        if (GitRevision.Open(disk, surroundings.Directory, revision, out string fault) is not { } files)
        {
            surroundings.Complain(CallRules.NoSpec, fault, "name a branch, a tag or a commit, as in 'main:confgen.yaml'");
            return null;
        }

        if (files.Find(file) is not { } found)
        {
            surroundings.Complain(
                CallRules.NoSpec,
                $"there is no file '{file}' at the revision '{revision}'",
                $"'git ls-tree -r --name-only {revision}' lists the files"
            );
            return null;
        }

        return new DiffSide(
            $"{revision}:{found}",
            revision + ":",
            Compilation.FromFile(Compilers.Create(surroundings, files: files), found)
        );
    }

    private sealed record Request(
        string? Old,
        string? New,
        string? Revision,
        string[] Targets,
        (string? Old, string? New) Versions,
        string Format,
        string FailOn
    );
}
