using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// Whatever stands where a file is expected: every verb ends by itself, soon, with its documented exit code and a word about the file. Each
/// place that takes a file's name meets each kind.
/// </summary>
public sealed class FileKindTests
{
    // Generous for a loaded machine; a verb that waits for a FIFO or reads a device never ends.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private static readonly (string Verb, string[] Arguments)[] _verbs =
    [
        ("validate", []),
        ("validate", ["--format", "json"]),
        ("build", ["-t", "plain"]),
        ("build", ["-t", "plain", "--stdout"]),
        ("build", ["-t", "plain", "--check", "--diff"]),
        ("explain", ["http://a.example.com/"]),
        ("test", []),
        ("fmt", []),
        ("fmt", ["--diff"]),
    ];

    // Where a file's name may stand in a spec. ODD is the name.
    private static readonly Dictionary<string, string> _fields = new()
    {
        ["include"] = "include: [ODD]\n" + Specs.Small,
        ["include by a pattern"] = "include: [\"OD*\"]\n" + Specs.Small,
        ["include by a deep pattern"] = "include: [\"**/OD*\"]\n" + Specs.Small,
        ["cert"] = "sites:\n  - host: a.example.com\n    tls: { cert: ODD, key: ODD }\n    proxy: http://127.0.0.1:3000\n",
        ["client_ca"] =
            "sites:\n  - host: a.example.com\n    tls: { cert: /etc/a.pem, key: /etc/a.key, client_ca: ODD }\n"
            + "    proxy: http://127.0.0.1:3000\n",
        ["ca of an upstream"] =
            "upstreams:\n  app: { servers: [\"https://127.0.0.1:3000\"], tls: { ca: ODD } }\nsites:\n"
            + "  - { host: a.example.com, proxy: app }\n",
        ["error page"] = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    errors: { 502: { file: ODD } }\n",
        ["files"] = "sites:\n  - { host: a.example.com, files: ODD }\n",
    };

    public static TheoryData<string, string, string> SpecsByVerb()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string kind in OddFile.Kinds)
        {
            foreach ((string verb, string[] arguments) in _verbs)
            {
                data.Add(kind, verb, string.Join(' ', arguments));
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SpecsByVerb))]
    public void A_spec_that_is_no_file(string kind, string verb, string arguments)
    {
        using var session = new Session();
        OddFile.Make(kind, session.PathOf("odd.yaml"));
        string[] rest = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        Said said = Run(session, verb == "explain" ? [verb, .. rest, "odd.yaml"] : [verb, "odd.yaml", .. rest]);

        // A file that root alone can read is empty, and an empty file can be formatted.
        Assert.True(
            said.Code is ExitCode.BadSpec or ExitCode.BadCall || (kind == "unreadable" && verb == "fmt"),
            $"{said.Code} {said.Error}"
        );
        Assert.True(said.Code == ExitCode.Good || (said.Error + said.Out).Contains("odd.yaml", StringComparison.Ordinal), said.Error);
    }

    public static TheoryData<string, string> FieldsByKind()
    {
        var data = new TheoryData<string, string>();
        foreach (string kind in OddFile.Kinds)
        {
            foreach (string field in _fields.Keys)
            {
                data.Add(kind, field);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(FieldsByKind))]
    public void A_file_of_a_spec_that_is_none(string kind, string field)
    {
        using Session session = new Session().With("confgen.yaml", _fields[field]);
        OddFile.Make(kind, session.PathOf("ODD"));
        foreach ((string verb, string[] arguments) in _verbs)
        {
            Said said = Run(session, [verb, .. arguments]);

            Assert.True(
                said.Code is ExitCode.Good or ExitCode.BadSpec or ExitCode.BadCall or ExitCode.Differs,
                $"{verb}: {said.Code} {said.Error}"
            );
            Assert.DoesNotContain("internal error", said.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fifo", "a FIFO")]
    [InlineData("link to a fifo", "a FIFO")]
    [InlineData("zero", "a device")]
    [InlineData("socket", "a socket")]
    public void What_it_is_stands_in_the_message(string kind, string word)
    {
        foreach (string field in _fields.Keys.Except(["include by a pattern", "include by a deep pattern"]))
        {
            using Session session = new Session().With("confgen.yaml", _fields[field]);
            OddFile.Make(kind, session.PathOf("ODD"));

            Assert.Contains(word + ", not a", Run(session, "validate").Gives(ExitCode.BadSpec).Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("zero")]
    [InlineData("socket")]
    [InlineData("folder")]
    [InlineData("huge")]
    [InlineData("loop")]
    public void An_output_that_is_none_of_this_program_is_left_alone(string kind)
    {
        foreach (
            string[] call in new[]
            {
                new[] { "build", "-t", "plain" },
                ["build", "-t", "plain", "--check"],
                ["build", "-t", "plain", "--diff"],
            }
        )
        {
            using Session session = new Session().With("confgen.yaml", Specs.Small);
            Run(session, "build", "-t", "plain").Gives(ExitCode.Good);
            string output = Directory.GetFiles(session.PathOf("out"), "*", SearchOption.AllDirectories)[0];
            OddFile.Make(kind, output);

            Assert.Contains("nothing was written", Run(session, call).Gives(ExitCode.BadCall).Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("zero")]
    [InlineData("socket")]
    [InlineData("folder")]
    public void Other_files_that_are_written(string kind)
    {
        using Session session = new Session().With(
            "confgen.yaml",
            Specs.Small + "tests:\n  - { get: \"http://a.example.com/\", expect: { status: 200 } }\n"
        );
        OddFile.Make(kind, session.PathOf("odd"));

        Run(session, "test", "--junit", "odd").Gives(ExitCode.BadCall);
        Run(session, "init", "odd", "--kind", "app").Gives(ExitCode.BadCall);
        Run(session, "init", "odd", "--kind", "app", "--force").Gives(ExitCode.BadCall);
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("zero")]
    [InlineData("socket")]
    [InlineData("huge")]
    public void A_template_that_is_no_file(string kind)
    {
        using Session session = new Session { Targets = null }
            .With("confgen.yaml", Specs.Small)
            .With("templates/caddy/Caddyfile.scriban", "x");
        OddFile.Make(kind, session.PathOf("templates/nginx/nginx.conf.scriban"));

        Said said = Run(session, "build", "-t", "nginx", "--templates", "templates");

        Assert.DoesNotContain("internal error", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_over_the_files_of_the_system_ends()
    {
        foreach (string pattern in new[] { "/proc/**/*", "/proc/self/**/*", "/sys/**/*", "/dev/*", "/**/*" })
        {
            using Session session = new Session().With("confgen.yaml", $"include: [\"{pattern}\"]\n{Specs.Small}");

            Run(session, "validate").Gives(ExitCode.BadSpec);
        }
    }

    [Fact]
    public async Task A_file_that_comes_and_goes_is_there_or_not()
    {
        using Session session = new Session().With("confgen.yaml", "include: [ODD]\n" + Specs.Small);
        using var end = new CancellationTokenSource();
        string[] kinds = ["fifo", "missing", "zero", "regular"];
        Task changing = Task.Run(() =>
        {
            for (int i = 0; !end.IsCancellationRequested; i++)
            {
                string fresh = session.PathOf("fresh");
                if (kinds[i % kinds.Length] is "regular" or "missing")
                {
                    File.WriteAllText(fresh, "sites: []\n");
                }
                else
                {
                    OddFile.Make(kinds[i % kinds.Length], fresh);
                }

                File.Move(fresh, session.PathOf("ODD"), overwrite: true);
                if (kinds[i % kinds.Length] == "missing")
                {
                    File.Delete(session.PathOf("ODD"));
                }
            }
        });
        try
        {
            for (int i = 0; i < 200; i++)
            {
                Said said = Run(session, "validate");
                Assert.True(said.Code is ExitCode.Good or ExitCode.BadSpec, said.Error);
            }
        }
        finally
        {
            await end.CancelAsync();
            await changing;
        }
    }

    private static Said Run(Session session, params string[] arguments)
    {
        Task<Said> run = Task.Factory.StartNew(() => session.Run(arguments), TaskCreationOptions.LongRunning);
        Assert.True(run.Wait(_patience), $"'confgen {string.Join(' ', arguments)}' did not end");
        return run.Result;
    }
}
