using System.Text.RegularExpressions;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>nginx takes a map's variable and a regex's named group of the same name without a word, and one overwrites the other.</summary>
public sealed class VariableNamesTests
{
    [Fact]
    public void No_variable_has_two_owners()
    {
        string[] files = Directory.GetFiles(
            Path.Combine(Repository.Root, "tests", "snapshots"),
            "nginx.verified.conf",
            SearchOption.AllDirectories
        );
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            string text = File.ReadAllText(file);
            string[] maps =
            [
                .. Regex
                    .Matches(text, @"^\s*(?:map|geo)\b.*\$(?<name>\w+) \{$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)
                    .Select(m => m.Groups["name"].Value),
            ];
            string[] groups =
            [
                .. Regex.Matches(text, @"\(\?<(?<name>\w+)>", RegexOptions.ExplicitCapture).Select(m => m.Groups["name"].Value),
            ];
            Assert.Empty(maps.Intersect(groups, StringComparer.Ordinal).Select(name => $"{file}: ${name}"));
            Assert.Equal(maps.Distinct(StringComparer.Ordinal), maps);
        }
    }
}
