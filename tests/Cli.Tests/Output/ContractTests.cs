using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Confgen.Cli.Tests.Reference;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Output;

/// <summary>
/// The contract for CI: <c>build</c> and <c>validate</c> print one document on standard output, whatever happens, and end with the
/// documented status.
/// </summary>
public sealed class ContractTests
{
    public static TheoryData<string, int, string> Ends =>
        new()
        {
            { "validate good.yaml", 0, "" },
            { "validate wrong.yaml", 1, "CFG0107" },
            { "validate missing.yaml", 2, "CFG0501" },
            { "validate good.yaml -t plian", 2, "CFG0502" },
            { "validate good.yaml --templates missing", 2, "CFG0503" },
            { "build good.yaml -t plain -o out", 0, "" },
            { "build wrong.yaml -t plain -o out", 1, "CFG0107" },
            { "build missing.yaml -t plain -o out", 2, "CFG0501" },
            { "build good.yaml -o out", 2, "CFG0502" },
            { "build good.yaml -t plain -o good.yaml", 2, "CFG0504" },
            { "build good.yaml -t plain -o out --check", 3, "CFG0505" },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Every_end_has_a_status_a_code_and_a_document(string call, int status, string code)
    {
        foreach (string format in new[] { "json", "sarif", "github", "junit" })
        {
            using Session session = Start();
            string document = session.Run([.. call.Split(' '), "--format", format]).Gives(status).Out;
            Assert.Contains(code, document, StringComparison.Ordinal);
            switch (format)
            {
                case "json":
                    AssertFits(document);
                    break;
                case "sarif":
                    AssertIsAccepted(document);
                    break;
                case "junit":
                    Assert.Equal("testsuites", XDocument.Parse(document).Root!.Name.LocalName);
                    break;
                default:
                    Assert.All(
                        document.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                        line => Assert.StartsWith("::", line, StringComparison.Ordinal)
                    );
                    break;
            }
        }
    }

    [Fact]
    public void Files_are_written_unchanged_missing_or_differ()
    {
        using Session session = Start();
        Assert.Equal(["missing"], States(session.Run("build", "good.yaml", "-t", "plain", "--check", "--format", "json").Gives(3)));
        Assert.Equal(["written"], States(session.Run("build", "good.yaml", "-t", "plain", "--format", "json").Gives(0)));
        Assert.Equal(["unchanged"], States(session.Run("build", "good.yaml", "-t", "plain", "--format", "json").Gives(0)));
        File.AppendAllText(session.PathOf("out/plain/plain.conf"), "# changed\n");
        Assert.Equal(["differs"], States(session.Run("build", "good.yaml", "-t", "plain", "--check", "--format", "json").Gives(3)));
    }

    [Fact]
    public void A_result_without_a_place_stands_at_the_first_line()
    {
        using var session = new Session { Targets = null }.With("good.yaml", Specs.Small);
        AssertIsAccepted(session.Run("validate", "good.yaml", "-t", "caddy", "--format", "sarif").Gives(0).Out);
    }

    [Fact]
    public void A_diagnostic_of_a_target_can_be_set_and_silenced()
    {
        using var session = new Session { Targets = null }
            .With("good.yaml", "lint: { CFG0402: info }\n" + Specs.Small)
            .With("off.yaml", "lint: { program-differs: off }\n" + Specs.Small);
        session.Run("validate", "good.yaml", "-t", "caddy", "--strict").Gives(0);
        Assert.DoesNotContain(
            "CFG0402",
            session.Run("validate", "off.yaml", "-t", "caddy", "--strict", "--format", "json").Gives(0).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Quiet_says_nothing_where_all_is_well_and_colours_can_be_forced()
    {
        using Session session = Start();
        Assert.Equal(("", ""), session.Run("build", "good.yaml", "-t", "plain", "-q") is var said ? (said.Out, said.Error) : default);
        Assert.Contains("\e[", session.Run("validate", "wrong.yaml", "--color", "always").Gives(1).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", session.Run("validate", "wrong.yaml", "--color", "never").Gives(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_at_many_places_is_told_once()
    {
        string sites = string.Concat(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    $"  - {{ host: a{i}.example.com, proxy: \"http://127.0.0.1:{3000 + i}\", headers: {{ request: {{ set: {{ X-Real-IP: "
                    + $"\"{{client_ip}}\" }} }} }} }}\n"
                )
        );
        using var session = new Session().With("many.yaml", "sites:\n" + sites);
        string said = session.Run("validate", "many.yaml").Error;
        Assert.Single(Regex.Matches(said, "'X-Real-IP' is"));
        Assert.Contains("and 11 more places", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_that_differs_in_names_alone_is_told_once()
    {
        string sites = string.Concat(
            Enumerable.Range(0, 20).Select(i => $"  - {{ host: a{i}.example.com, proxy: \"http://app{i}:3000\" }}\n")
        );
        using var session = new Session().With("many.yaml", "sites:\n" + sites);
        string said = session.Run("validate", "many.yaml").Gives(0).Error;
        Assert.Single(Regex.Matches(said, "CFG0304"));
        Assert.True(said.Split('\n').Length < 30, said);
    }

    private static Session Start() => new Session().With("good.yaml", Specs.Small).With("wrong.yaml", Specs.Wrong);

    private static string[] States(Said said)
    {
        using JsonDocument document = JsonDocument.Parse(said.Out);
        return [.. document.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("state").GetString()!)];
    }

    private static void AssertFits(string document)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/report.schema.json")));
        Assert.Equal([], SchemaCheck.Faults(schema.RootElement, document));
    }

    // SARIF's own schema, and what GitHub's code scanning asks for beyond it.
    private static void AssertIsAccepted(string document)
    {
        using JsonDocument schema = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "tests/Cli.Tests/Output/sarif.schema.json"))
        );
        Assert.Equal([], SchemaCheck.Faults(schema.RootElement, document));
        using JsonDocument sarif = JsonDocument.Parse(document);
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        JsonElement run = Assert.Single(sarif.RootElement.GetProperty("runs").EnumerateArray());
        int rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").GetArrayLength();
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
        {
            Assert.InRange(result.GetProperty("ruleIndex").GetInt32(), 0, rules - 1);
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "error", "warning", "note" });
            JsonElement place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
            Assert.Matches("^[^<>\" ]+$", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
            JsonElement region = place.GetProperty("region");
            Assert.True(region.GetProperty("startLine").GetInt32() >= 1 && region.GetProperty("startColumn").GetInt32() >= 1);
            Assert.True(region.GetProperty("endLine").GetInt32() >= region.GetProperty("startLine").GetInt32());
        }
    }
}
