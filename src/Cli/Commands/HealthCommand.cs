using System.CommandLine;
using Confgen.Cli.Output;
using Confgen.Cli.Serving;
using Confgen.Model.Units;
using Confgen.Runtime.Admin;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen health</c>.</summary>
internal static class HealthCommand
{
    private const string Usual = "127.0.0.1:9180";

    public static Command Create(CliEnvironment surroundings)
    {
        var admin = new Argument<string>("ADDRESS") { DefaultValueFactory = _ => Usual, Description = "What 'serve --admin' was given." };
        var within = new Option<string>("--timeout")
        {
            HelpName = "DURATION",
            DefaultValueFactory = _ => "3s",
            Description = "How long to wait for the response.",
        };
        var verb = new Verb("health", "Ask a running 'serve' whether it is ready; exit with 1 where it isn't.")
        {
            Examples = [new("confgen health", $"ask {Usual}"), new("confgen health unix:/run/confgen/admin.sock", "the service's socket")],
        };
        verb.Add(admin);
        verb.Add(within);
        verb.Validators.Add(call =>
        {
            if (!AdminAddress.TryParse(call.GetValue(admin) ?? Usual, out _, out string? problem))
            {
                call.AddError(problem ?? "invalid address");
            }

            if (!Durations.TryParse(call.GetValue(within) ?? "3s", out _, out string? fault))
            {
                call.AddError($"'--timeout': {fault}");
            }
        });
        verb.SetAction(
            async (call, _) =>
            {
                if (
                    !AdminAddress.TryParse(call.GetValue(admin) ?? Usual, out AdminAddress? address, out string? _)
                    || !Durations.TryParse(call.GetValue(within) ?? "3s", out TimeSpan limit, out string? _)
                )
                {
                    return ExitCode.BadCall;
                }

                if (await HealthQuestion.AskAsync(address, limit, surroundings.Stopping) is { } problem)
                {
                    await surroundings.Error.WriteLineAsync(Visible.Text($"{address}: not healthy: {problem}"));
                    return ExitCode.BadSpec;
                }

                surroundings.Say($"{address}: healthy");
                return ExitCode.Good;
            }
        );
        return verb;
    }
}
