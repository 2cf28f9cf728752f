using System.CommandLine;
using Confgen.Cli.Building;
using Confgen.Cli.Compiling;
using Confgen.Model.Tunnels;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen build</c>.</summary>
internal static class BuildCommand
{
    private static readonly Dictionary<string, TunnelSide> _sides = new(StringComparer.Ordinal)
    {
        ["portal"] = TunnelSide.Portal,
        ["bridge"] = TunnelSide.Bridge,
        ["both"] = TunnelSide.Both,
    };

    public static Command Create(CliEnvironment surroundings)
    {
        Argument<string?> spec = Parameters.Spec();
        Option<string[]> targets = Parameters.Targets(
            surroundings,
            "The programs to write for, or all; those under the spec's 'targets:' unless given.",
            toRender: true
        );
        Option<string> output = Parameters.Output("out");
        Option<string> layout = Parameters.LayoutName();
        Option<string?> side = new Option<string?>("--side")
        {
            HelpName = string.Join('|', _sides.Keys),
            Description = "Only this side of the tunnels, for v2ray; both is one file for a host that is portal and bridge.",
        }.AcceptOnlyFromAmong([.. _sides.Keys]);
        Option<bool> single = Parameters.Flag(
            "--single-file",
            "Write what is the same for every spec (confgen/*.conf) into the files that would include it."
        );
        Option<bool> stdout = Parameters.Flag(
            "--stdout",
            "Print the configuration instead of writing files, all in one; everything else goes to standard error."
        );
        Option<bool> check = Parameters.Flag("--check", "Write nothing; exit with 3 when a file on disk differs.");
        Option<bool> diff = Parameters.Flag("--diff", "Write nothing; show what would change.");
        Option<bool> force = Parameters.Force();
        Option<bool> watch = Parameters.Flag("--watch", "Build again whenever a file that the spec is made of changes.");
        Option<bool> verify = Parameters.Flag(
            "--verify",
            "Also ask the real program, where it is installed (nginx -t, caddy validate, haproxy -c, apache2 -t)."
        );
        Option<bool> strict = Parameters.Strict();
        Option<string> format = Parameters.Format();
        Option<string?> templates = Parameters.Templates();
        Option<string?> baseline = Parameters.Baseline();
        var verb = new Verb("build", "Compile a spec to configurations, and write all files or none.")
        {
            Examples =
            [
                new("confgen build -t nginx,caddy -o out", "write out/nginx/nginx.conf and out/caddy/Caddyfile"),
                new("confgen build chat.yaml -t caddy --stdout", "print the Caddyfile"),
                new("confgen build -t nginx --layout conf.d -o /etc", "write files for an nginx that has other sites too"),
                new("confgen build -t v2ray --side bridge -o /etc", "write the private side of the tunnels alone"),
                new("confgen build -t nginx --check --diff", "in CI: fail and show when the output is out of date"),
                new("confgen build -t nginx --verify --watch", "while editing: rebuild at each change, and ask nginx -t"),
            ],
        };
        verb.Add(spec);
        foreach (
            Option option in new Option[]
            {
                targets,
                output,
                layout,
                side,
                single,
                stdout,
                check,
                diff,
                force,
                watch,
                verify,
                strict,
                format,
                templates,
                baseline,
            }
        )
        {
            verb.Add(option);
        }

        verb.Validators.Add(call =>
        {
            string[] instead =
            [
                .. new Option[] { check, diff, force, watch, output }
                    .Where(o => call.GetResult(o) is { Implicit: false })
                    .Select(o => o.Name),
            ];
            if (call.GetValue(stdout) && instead.Length > 0)
            {
                call.AddError($"'--stdout' writes no files, so '{instead[0]}' makes no sense with it");
            }
            else if (call.GetValue(watch) && (call.GetValue(check) || call.GetValue(spec) == "-"))
            {
                call.AddError($"'--watch' makes no sense with {(call.GetValue(check) ? "'--check'" : "standard input")}");
            }
        });
        verb.SetAction(call =>
            Run(
                surroundings,
                new BuildRequest
                {
                    Spec = call.GetValue(spec),
                    Targets = call.GetValue(targets) ?? [],
                    Output = call.GetValue(output) ?? "out",
                    Layout = Parameters.LayoutOf(call.GetValue(layout)),
                    Side = call.GetValue(side) is { } named ? _sides[named] : null,
                    SingleFile = call.GetValue(single),
                    ToStandardOutput = call.GetValue(stdout),
                    Check = call.GetValue(check),
                    Diff = call.GetValue(diff),
                    Force = call.GetValue(force),
                    Watch = call.GetValue(watch),
                    Verify = call.GetValue(verify),
                    Strict = call.GetValue(strict),
                    Format = call.GetValue(format) ?? "text",
                    Templates = call.GetValue(templates),
                    Baseline = call.GetValue(baseline),
                }
            )
        );
        return verb;
    }

    private static int Run(CliEnvironment surroundings, BuildRequest request)
    {
        var build = new Build(request, surroundings, new FileDelivery(request, surroundings));
        if (SpecInput.Find(surroundings, request.Spec) is not { } input)
        {
            build.WriteDocument(request.Spec ?? "confgen.yaml");
            return ExitCode.BadCall;
        }

        return request.Watch ? new WatchLoop(surroundings).Run(files => build.Run(input, files)) : build.Run(input, surroundings.Files);
    }
}
