using System.CommandLine;
using Confgen.Cli.Compiling;
using Confgen.Cli.Serving;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;
using Confgen.Runtime;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen tunnel</c>.</summary>
internal static class TunnelCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        Argument<string?> spec = Parameters.Spec();
        var drain = new Option<string?>("--drain")
        {
            HelpName = "TIME",
            Description = "How long requests under way may take when the bridge is asked to end; 30s unless given.",
        };
        Option<bool> strict = Parameters.Strict();
        var verb = new Verb(
            "tunnel",
            "Be the private side of a spec's tunnels: connect to their portals, and pass requests on to the services here."
        )
        {
            Examples =
            [
                new("confgen tunnel", "on the private host, with the same confgen.yaml that 'confgen serve' has on the public one"),
                new("TUNNEL_SECRET=... confgen tunnel home.yaml", "with the secret from the environment"),
            ],
        };
        verb.Add(spec);
        verb.Add(drain);
        Option<string> format = ServeCommand.LogFormat();
        verb.Add(format);
        verb.Add(strict);
        verb.Validators.Add(call =>
        {
            if (Parameters.Given(call, drain) is [var text, ..] && !Durations.TryParse(text, out _, out string? problem))
            {
                call.AddError($"'--drain': {problem}");
            }
        });
        verb.SetAction(call =>
        {
            if (SpecInput.Find(surroundings, call.GetValue(spec)) is not { } input)
            {
                return ExitCode.BadCall;
            }

            ServeLog log = ServeCommand.LogOf(surroundings, call.GetValue(format));
            return new ServeLoop(
                surroundings,
                input,
                new ProxyOptions
                {
                    Side = TunnelSide.Bridge,
                    Time = surroundings.Clock,
                    Notice = log.Info,
                    Warning = log.Warn,
                },
                new ServeSettings(
                    Durations.TryParse(call.GetValue(drain) ?? "", out TimeSpan time, out _) ? time : ServeCommand.UsualDrain,
                    call.GetValue(strict),
                    IsDevelopment: false,
                    Admin: null
                ),
                log
            ).Run();
        });
        return verb;
    }
}
