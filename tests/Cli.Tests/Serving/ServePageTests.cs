using System.Text.RegularExpressions;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>docs/serve.md says what the program does.</summary>
public sealed partial class ServePageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "serve.md"));

    [Fact]
    public void Every_option_is_on_the_page_and_no_other()
    {
        using var session = new Session();
        string help = session.Run("serve", "--help").Gives(0).Out;
        string[] own =
        [
            .. Option()
                .Matches(help[help.IndexOf("Options", StringComparison.OrdinalIgnoreCase)..])
                .Select(m => m.Value)
                .Distinct()
                .Except(["--help", "--version"]),
        ];
        string table = _page[_page.IndexOf("| option |", StringComparison.Ordinal)..];

        Assert.Equal(
            own.Order(),
            Option().Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)]).Select(m => m.Value).Distinct().Order()
        );
    }

    [Fact]
    public async Task Every_count_on_the_page_is_counted()
    {
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(
            $"sites: [{{ host: _, listen: [\"127.0.0.1:PORT\"], proxy: \"http://127.0.0.1:{app.Port}\" }}]",
            "--admin",
            "127.0.0.1:PORT2"
        );
        using var client = new HttpClient();
        await client.GetStringAsync($"http://127.0.0.1:{served.Port}/");
        string metrics = await client.GetStringAsync($"http://127.0.0.1:{served.Port2}/metrics");

        Assert.All(Metric().Matches(_page), m => Assert.Contains($"# TYPE {m.Value} ", metrics, StringComparison.Ordinal));

        // The dashboard and the alerts ask for these, by labels that they have.
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "packaging/monitoring")))
        {
            Assert.All(
                Selected().Matches(await File.ReadAllTextAsync(file)),
                m =>
                {
                    string name = m.Groups["metric"].Value;
                    Assert.Contains($"# TYPE {name.Replace("_bucket", "", StringComparison.Ordinal)} ", metrics, StringComparison.Ordinal);
                    string? sample = metrics.Split('\n').FirstOrDefault(l => l.StartsWith(name + "{", StringComparison.Ordinal));
                    Assert.All(
                        m.Groups["label"].Captures.Where(c => c.Value != "instance" && sample is not null),
                        label => Assert.Contains($"{label.Value}=\"", sample!, StringComparison.Ordinal)
                    );
                }
            );
        }
    }

    [Fact]
    public void Every_file_that_it_names_is_there() =>
        Assert.All(
            Link().Matches(_page),
            m => Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", m.Groups["file"].Value)), m.Value)
        );

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex("confgen_[a-z_]+[a-z]")]
    private static partial Regex Metric();

    // A metric, with the labels that select its samples.
    [GeneratedRegex("""\b(?<metric>confgen_[a-z_]+)(\{((?<label>[a-z]+)=~?\\?"[^"]*"[,}])*)?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Selected();

    // What has a scheme is another's page, which no test may depend on.
    [GeneratedRegex(@"\]\((?![a-z]+:)(?<file>[^)#]+)")]
    private static partial Regex Link();
}
