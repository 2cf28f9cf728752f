using System.Text.RegularExpressions;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Docs;

/// <summary>Every spec that the README and the hand-written pages show compiles.</summary>
public sealed partial class DocumentedSpecsTests
{
    // What the pages include.
    private static readonly Dictionary<string, string> _named = new(StringComparer.Ordinal)
    {
        ["teams/a.yaml"] = "sites:\n  - { host: www.a.example.com, files: /srv/a }\n",
        ["teams/b.yaml"] = "sites:\n  - { host: b.example.com, respond: ok }\n",
    };

    public static TheoryData<string, string> Specs
    {
        get
        {
            var specs = new TheoryData<string, string>();
            string root = Repository.Root;
            foreach (string page in Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Append(Path.Combine(root, "README.md")))
            {
                foreach (Match block in YamlBlock().Matches(File.ReadAllText(page)))
                {
                    specs.Add(Path.GetFileName(page), block.Groups["spec"].Value);
                }
            }

            return specs;
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_documented_spec_compiles(string page, string yaml)
    {
        Diagnostic[] errors = [.. Compile.Text(yaml, _named).Diagnostics.Where(d => d.Severity == Severity.Error)];
        Assert.True(
            errors.Length == 0,
            page + ":\n" + yaml + string.Join("\n", errors.Select(d => $"  {d.Span} {d.Rule.Code} {d.Message}"))
        );
    }

    // A block of another program's YAML is marked as yml.
    [GeneratedRegex("^```yaml\n(?<spec>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex YamlBlock();
}
