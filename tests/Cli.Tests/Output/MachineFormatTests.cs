using System.Text.Json;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Output;

/// <summary>The formats for programs: whole documents on standard output.</summary>
public sealed class MachineFormatTests
{
    [Fact]
    public void Json_holds_every_diagnostic_and_the_counts()
    {
        JsonElement root = Json("json", Specs.Wrong);
        JsonElement diagnostic = Assert.Single(root.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal("CFG0107", diagnostic.GetProperty("code").GetString());
        Assert.Equal("unknown-upstream", diagnostic.GetProperty("name").GetString());
        Assert.Equal("error", diagnostic.GetProperty("severity").GetString());
        Assert.Equal("unknown upstream 'ap'", diagnostic.GetProperty("message").GetString());
        Assert.Equal("spec.yaml", diagnostic.GetProperty("file").GetString());
        Assert.Equal(
            (5, 35, 5, 37),
            (
                diagnostic.GetProperty("line").GetInt32(),
                diagnostic.GetProperty("column").GetInt32(),
                diagnostic.GetProperty("end_line").GetInt32(),
                diagnostic.GetProperty("end_column").GetInt32()
            )
        );
        Assert.Equal(1, root.GetProperty("summary").GetProperty("errors").GetInt32());
    }

    [Fact]
    public void Json_of_a_good_spec_is_a_document_too() =>
        Assert.Equal(0, Json("json", Specs.Small).GetProperty("diagnostics").GetArrayLength());

    [Fact]
    public void Sarif_names_the_rule_the_place_and_the_page()
    {
        JsonElement root = Json("sarif", Specs.Wrong);
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        JsonElement run = Assert.Single(root.GetProperty("runs").EnumerateArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("confgen", driver.GetProperty("name").GetString());
        JsonElement result = Assert.Single(run.GetProperty("results").EnumerateArray());
        JsonElement rule = driver.GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal(result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString());
        Assert.Contains("```yaml", rule.GetProperty("help").GetProperty("markdown").GetString(), StringComparison.Ordinal);
        JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("spec.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(5, place.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal("error", result.GetProperty("level").GetString());
    }

    [Fact]
    public void Sarif_encodes_a_files_name_as_a_uri()
    {
        using var session = new Session().With("my specs/a#b é.yaml", Specs.Wrong);
        using JsonDocument document = JsonDocument.Parse(session.Run("validate", "my specs/a#b é.yaml", "--format", "sarif").Gives(1).Out);
        Assert.Equal(
            "my%20specs/a%23b%20%C3%A9.yaml",
            document
                .RootElement.GetProperty("runs")[0]
                .GetProperty("results")[0]
                .GetProperty("locations")[0]
                .GetProperty("physicalLocation")
                .GetProperty("artifactLocation")
                .GetProperty("uri")
                .GetString()
        );
    }

    [Fact]
    public void Github_gets_an_annotation_on_the_line()
    {
        using var session = new Session().With("sub/a, b.yaml", Specs.Wrong);
        session.Variables["GITHUB_WORKSPACE"] = session.Folder;
        Assert.Equal(
            "::error file=sub/a%2C b.yaml,line=5,col=35,endLine=5,endColumn=37,title=CFG0107 unknown-upstream::unknown upstream "
                + "'ap'%0Adid you mean 'app'? (defined at sub/a, b.yaml:2:8)\n",
            session.Run("validate", "sub/a, b.yaml", "--format", "github").Gives(1).Out
        );
    }

    private static JsonElement Json(string format, string spec)
    {
        using var session = new Session().With("spec.yaml", spec);
        using JsonDocument document = JsonDocument.Parse(session.Run("validate", "spec.yaml", "--format", format).Out);
        return document.RootElement.Clone();
    }
}
