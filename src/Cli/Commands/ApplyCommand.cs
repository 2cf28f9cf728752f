using System.CommandLine;
using Confgen.Cli.Applying;
using Confgen.Cli.Building;
using Confgen.Cli.Compiling;
using Confgen.Cli.Testing;
using Confgen.Model.Units;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen apply</c>.</summary>
internal static class ApplyCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        Argument<string?> spec = Parameters.Spec();
        Option<string[]> targets = Parameters.Targets(
            surroundings,
            "The program to write for; the one under the spec's 'targets:' unless given.",
            toRender: true
        );
        Option<string> output = Parameters.Output(unlessGiven: null);
        Option<string> layout = Parameters.LayoutName();
        var reload = new Option<string?>("--reload")
        {
            HelpName = "COMMAND",
            Description = "A shell command that makes the program take the files, instead of the usual 'systemctl reload NAME'.",
        };
        Option<bool> noReload = Parameters.Flag("--no-reload", "Write and test alone: the program reads its files by itself.");
        Option<string[]> against = Parameters.List(
            "--against",
            "URL,...",
            "Run the spec's tests there afterwards, and put everything back where one fails.",
            () => []
        );
        Option<bool> insecure = Parameters.Flag("--insecure", "With --against: take any certificate.");
        var wait = new Option<string>("--wait")
        {
            HelpName = "DURATION",
            DefaultValueFactory = _ => "10s",
            Description = "With --against: how long tests may fail before everything is put back.",
        };
        Option<bool> dry = Parameters.Flag("--dry-run", "Show what would change, and do nothing.");
        Option<bool> force = Parameters.Force();
        Option<bool> strict = Parameters.Strict();
        Option<string?> templates = Parameters.Templates();
        Option<string?> baseline = Parameters.Baseline();
        var verb = new Verb(
            "apply",
            "Build on the host where the program runs, reload it and test it; put back what was there if that fails."
        )
        {
            Examples =
            [
                new("confgen apply -t nginx -o /etc", "write /etc/nginx, ask nginx -t, reload the service"),
                new("confgen apply -t caddy -o /etc --dry-run", "only show what would change"),
                new("confgen apply -t nginx -o /etc --against https://127.0.0.1 --insecure", "and run the spec's tests on it"),
                new("confgen apply -t nginx -o /srv --reload 'docker compose exec proxy nginx -s reload'", "in a container"),
            ],
        };
        verb.Add(spec);
        foreach (
            Option option in new Option[]
            {
                targets,
                output,
                layout,
                reload,
                noReload,
                against,
                insecure,
                wait,
                dry,
                force,
                strict,
                templates,
                baseline,
            }
        )
        {
            verb.Add(option);
        }

        verb.Validators.Add(call =>
        {
            if (!Durations.TryParse(call.GetValue(wait) ?? "10s", out _, out string? fault))
            {
                call.AddError($"'--wait': {fault}");
            }

            if (call.GetValue(noReload) && call.GetResult(reload) is { Implicit: false })
            {
                call.AddError("'--no-reload' makes no sense with '--reload'");
            }
        });
        verb.SetAction(call =>
            Run(
                surroundings,
                new BuildRequest
                {
                    Spec = call.GetValue(spec),
                    Targets = call.GetValue(targets) ?? [],
                    Output = call.GetValue(output) ?? "",
                    Layout = Parameters.LayoutOf(call.GetValue(layout)),
                    Verify = true,
                    Force = call.GetValue(force),
                    Strict = call.GetValue(strict),
                    Templates = call.GetValue(templates),
                    Baseline = call.GetValue(baseline),
                },
                new ApplyRequest
                {
                    Reload = call.GetValue(reload),
                    NoReload = call.GetValue(noReload),
                    Tests = new TestPlan([], call.GetValue(against) ?? [], call.GetValue(insecure)),
                    Wait = Durations.TryParse(call.GetValue(wait) ?? "10s", out TimeSpan limit, out _) ? limit : TimeSpan.FromSeconds(10),
                    DryRun = call.GetValue(dry),
                }
            )
        );
        return verb;
    }

    private static int Run(CliEnvironment surroundings, BuildRequest build, ApplyRequest request)
    {
        if (request.Tests.Fault(surroundings) is var (problem, wayOut))
        {
            return surroundings.Complain(problem, wayOut);
        }

        return SpecInput.Find(surroundings, build.Spec) is { } input
            ? new Build(build, surroundings, new Deployment(build, request, surroundings)).Run(input, surroundings.Files)
            : ExitCode.BadCall;
    }
}
