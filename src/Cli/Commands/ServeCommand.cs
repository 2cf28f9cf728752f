using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Serving;
using Confgen.Model.Units;
using Confgen.Runtime;
using Confgen.Runtime.Admin;
using Confgen.Runtime.Handover;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen serve</c>.</summary>
internal static class ServeCommand
{
    /// <summary>How long requests under way may take at the end.</summary>
    public static readonly TimeSpan UsualDrain = TimeSpan.FromSeconds(30);

    public static Command Create(CliEnvironment surroundings)
    {
        Argument<string?> spec = Parameters.Spec();
        var httpPort = new Option<int?>("--http-port")
        {
            HelpName = "PORT",
            Description = "The port to bind where the spec says 80, for users who may not bind that.",
        };
        var httpsPort = new Option<int?>("--https-port") { HelpName = "PORT", Description = "The port to bind where the spec says 443." };
        var state = new Option<string?>("--state")
        {
            HelpName = "DIR",
            Description =
                "The folder of what must outlive a run, as certificates of 'tls: auto'; $STATE_DIRECTORY, else "
                + "~/.local/share/confgen unless given.",
        };
        var drain = new Option<string?>("--drain")
        {
            HelpName = "TIME",
            Description = "How long requests under way may take when the proxy is asked to end; 30s unless given.",
        };
        var admin = new Option<string?>("--admin")
        {
            HelpName = "ADDRESS",
            Description =
                "Answer /healthz, /metrics (Prometheus) and /config (without secrets) there: 127.0.0.1:9180 or "
                + "unix:/run/confgen/admin.sock; one that other hosts reach needs 'public:' in front.",
        };
        var handover = new Option<string?>("--handover")
        {
            HelpName = "SOCKET",
            Description =
                "A unix socket over which the next process takes this one's listening sockets over, started with the same option or by "
                + "SIGUSR2: it then serves, this one lets requests under way finish, and nobody is refused.",
        };
        var resolver = new Option<string[]>("--resolver")
        {
            HelpName = "ADDRESS",
            Description =
                "A DNS server to ask, as 127.0.0.1 or [::1]:5353; may be given again. The system's own, its hosts file and its search "
                + "domains unless given.",
        };
        var dev = new Option<bool>("--dev") { Description = "Show each request as it is answered." };
        Option<string> format = LogFormat();
        Option<bool> strict = Parameters.Strict();
        var verb = new Verb("serve", "Serve a spec with the built-in proxy, and again whenever its files change.")
        {
            Examples =
            [
                new("confgen serve", "serve confgen.yaml"),
                new("confgen serve chat.yaml --http-port 8080 --https-port 8443", "without the right to bind ports below 1024"),
                new("confgen serve --admin 127.0.0.1:9180", "with health, metrics and the configuration for the operator"),
                new("confgen serve --dev", "with a line for each request"),
                new("kill -HUP $(pidof confgen)", "read the spec again at once"),
                new("confgen serve --handover /run/confgen/handover.sock", "start it, and later a new release in its place"),
            ],
        };
        verb.Add(spec);
        foreach (Option option in new Option[] { httpPort, httpsPort, state, drain, admin, handover, resolver, dev, format, strict })
        {
            verb.Add(option);
        }

        verb.Validators.Add(call =>
        {
            foreach (Option<int?> port in new[] { httpPort, httpsPort })
            {
                if (
                    Parameters.Given(call, port) is [var number, ..]
                    && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is >= 1 and <= 65535)
                )
                {
                    call.AddError($"'{port.Name}' is a port of 1 to 65535");
                }
            }

            foreach (string server in Parameters.Given(call, resolver))
            {
                if (DnsServer(server) is null)
                {
                    call.AddError($"'--resolver': invalid address of a DNS server '{server}': write it as 127.0.0.1 or [::1]:5353");
                }
            }

            if (Parameters.Given(call, admin) is [var place, ..] && !AdminAddress.TryParse(place, out _, out string? refusal))
            {
                call.AddError($"'--admin': {refusal}");
            }

            if (Parameters.Given(call, handover) is [var socket, ..])
            {
                if (!Predecessor.IsSupported)
                {
                    call.AddError("'--handover' takes 64-bit Linux");
                }
                else if (Encoding.UTF8.GetByteCount(surroundings.FullPath(socket)) > 107)
                {
                    call.AddError(
                        $"'--handover': '{socket}': the path of a unix socket has at most 107 bytes, as /run/confgen/handover.sock"
                    );
                }
            }

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

            ServeLog log = LogOf(surroundings, call.GetValue(format));
            return new ServeLoop(
                surroundings,
                input,
                new ProxyOptions
                {
                    HttpPort = call.GetValue(httpPort),
                    HttpsPort = call.GetValue(httpsPort),
                    StateDirectory = State(surroundings, call.GetValue(state)),
                    DnsServers = [.. (call.GetValue(resolver) ?? []).Select(DnsServer).OfType<IPEndPoint>()],
                    Time = surroundings.Clock,
                    Notice = log.Info,
                    Warning = log.Warn,
                },
                new ServeSettings(
                    Durations.TryParse(call.GetValue(drain) ?? "", out TimeSpan time, out _) ? time : UsualDrain,
                    call.GetValue(strict),
                    call.GetValue(dev),
                    AdminAddress.TryParse(call.GetValue(admin) ?? "", out AdminAddress? address, out _) ? address : null,
                    call.GetValue(handover) is { } handoverAt ? surroundings.FullPath(handoverAt) : null
                ),
                log
            ).Run();
        });
        return verb;
    }

    /// <summary>The option for how the proxy's own messages are written.</summary>
    public static Option<string> LogFormat()
    {
        var option = new Option<string>("--log-format")
        {
            HelpName = "FORMAT",
            Description = "How the proxy's own messages are written: 'text', or 'json' for one object a line; text unless given.",
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    /// <summary>The log that the option asks for.</summary>
    public static ServeLog LogOf(CliEnvironment surroundings, string? format) =>
        new(surroundings.Error, format == "json", surroundings.Clock);

    // A service manager names the folder that it has made, the first of several (systemd.exec(5)).
    private static string? State(CliEnvironment surroundings, string? given) =>
        (given ?? surroundings.Variable("STATE_DIRECTORY")?.Split(':')[0]) is { Length: > 0 } folder ? surroundings.FullPath(folder) : null;

    private static IPEndPoint? DnsServer(string text) =>
        IPEndPoint.TryParse(text, out IPEndPoint? server) ? (server.Port == 0 ? new IPEndPoint(server.Address, 53) : server) : null;
}
