using System.Text.Json;
using Confgen.Cli.Reference;
using Confgen.Cli.Tests.World;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Tests.Reference;

/// <summary>The JSON Schema takes what the compiler takes, and refuses what an editor should underline.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement _schema = Schema();

    // Rules about a program's own configuration show that, not a spec.
    public static TheoryData<string> Good =>
        [.. AllRules.ByCode.Where(r => r.Good.Contains("sites:", StringComparison.Ordinal)).Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Good))]
    public void Every_good_example_fits(string code)
    {
        Rule rule = AllRules.ByCode.Single(r => r.Code == code);
        Assert.Equal([], SchemaCheck.Faults(_schema, rule.Good));
    }

    [Fact]
    public void Every_shipped_example_fits()
    {
        string[] specs = [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "confgen.yaml", SearchOption.AllDirectories)];
        Assert.NotEmpty(specs);
        Assert.All(specs, spec => Assert.Equal([], SchemaCheck.Faults(_schema, File.ReadAllText(spec))));
    }

    [Theory]
    [InlineData("unknown-key")]
    [InlineData("wrong-type")]
    [InlineData("missing-key")]
    [InlineData("bad-value")]
    [InlineData("bad-duration")]
    [InlineData("bad-size")]
    public void What_an_editor_should_underline_does_not_fit(string name) =>
        Assert.NotEmpty(SchemaCheck.Faults(_schema, AllRules.Find(name)!.Bad));

    // What only a reader of YAML sees, what stands in other files, what a name or a group refers to, what two sites or lists say together,
    // what a program or the environment knows.
    private static readonly string[] _beyond =
    [
        "CFG0001",
        "CFG0002",
        "CFG0006",
        "CFG0007",
        "CFG0009",
        "CFG0106",
        "CFG0107",
        "CFG0112",
        "CFG0121",
        "CFG0127",
        "CFG0128",
        "CFG0141",
        "CFG0142",
        "CFG0200",
        "CFG0201",
        "CFG0202",
        "CFG0203",
        "CFG0206",
        "CFG0210",
        "CFG0211",
        "CFG0212",
        "CFG0213",
        "CFG0214",
        "CFG0215",
        "CFG0216",
        "CFG0222",
        "CFG0225",
        "CFG0400",
        "CFG0403",
        "CFG0404",
        "CFG0405",
        "CFG0450",
        "CFG0640",
        "CFG0700",
    ];

    [Fact]
    public void Only_what_a_schema_can_not_see_fits_although_it_is_wrong()
    {
        Rule[] wrong = [.. AllRules.ByCode.Where(r => r.Severity == Severity.Error && r.Bad.Contains("sites:", StringComparison.Ordinal))];
        string[] missed = [.. wrong.Where(r => Fits(r.Bad)).Select(r => r.Code)];
        Assert.Equal([], missed.Except(_beyond));
        Assert.Equal([], _beyond.Except(missed));
        Assert.True(missed.Length < wrong.Length / 2, $"{missed.Length} of {wrong.Length}");

        static bool Fits(string yaml)
        {
            try
            {
                return SchemaCheck.Faults(_schema, yaml).Length == 0;
            }
            catch (YamlDotNet.Core.YamlException)
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData(
        "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:1\", timeouts: { read: \"${READ:-60s}\" }, max_body: "
            + "\"${MAX:-5MB}\", websocket: \"${WS:-auto}\" }\n"
    )]
    [InlineData(
        "sites:\n  - { host: a.example.com, tls: { cert: /a.pem, key: /a.key, min_version: 1.3 }, proxy: \"http://127.0.0.1:1\" }\n"
    )]
    [InlineData(
        "sites:\n  - { host: a.example.com, tls: off, redirect_http: 301, proxy: \"http://127.0.0.1:1\", errors: { 502: { body: sorry }, "
            + "5xx: { body: sorry }, intercept: 5xx } }\n"
    )]
    public void Variables_numbers_and_statuses_fit(string spec) => Assert.Equal([], SchemaCheck.Faults(_schema, spec));

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        string[] defined = [.. _schema.GetProperty("$defs").EnumerateObject().Select(d => d.Name)];
        Assert.Equal(defined.Length, defined.Distinct().Count());
        Assert.All(References(_schema), r => Assert.Contains(r["#/$defs/".Length..], defined));
    }

    [Fact]
    public void The_modeline_leads_editors_to_the_schema()
    {
        using var session = new Session();
        Assert.Equal("# yaml-language-server: $schema=./confgen.schema.json\n", session.Run("schema", "--modeline").Gives(0).Out);
        Assert.Equal("# yaml-language-server: $schema=../s.json\n", session.Run("schema", "--modeline", "../s.json").Gives(0).Out);
    }

    private static JsonElement Schema()
    {
        using var session = new Session { Targets = null };
        using JsonDocument document = JsonDocument.Parse(session.Run("schema").Gives(0).Out);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(p =>
                    p.NameEquals("$ref") && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : References(p.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
