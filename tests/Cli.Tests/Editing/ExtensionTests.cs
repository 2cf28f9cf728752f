using System.Text.Json.Nodes;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Editing;

/// <summary>The extension for Visual Studio Code names what there is.</summary>
public sealed class ExtensionTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "editors/vscode");

    [Fact]
    public void Its_manifest_fits_its_program()
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "package.json")))!;
        string program = File.ReadAllText(Path.Combine(_folder, manifest["main"]!.GetValue<string>()));
        Assert.Equal(ProductVersion.Text, manifest["version"]!.GetValue<string>());
        foreach ((string setting, _) in manifest["contributes"]!["configuration"]!["properties"]!.AsObject())
        {
            Assert.Contains($"\"{setting["confgen.".Length..]}\"", program, StringComparison.Ordinal);
        }

        foreach (JsonNode? command in manifest["contributes"]!["commands"]!.AsArray())
        {
            Assert.Contains($"\"{command!["command"]}\"", program, StringComparison.Ordinal);
        }
    }
}
