using System.Diagnostics;
using Confgen.Targets.Yaml;

namespace Confgen.Targets.Tests.PyServe;

/// <summary>PyServe reads its file with PyYAML, so what a plain scalar is is PyYAML's to say.</summary>
public sealed class Yaml11Tests(ITestOutputHelper output)
{
    private static readonly (string Text, Yaml11Kind Kind)[] Known =
    [
        ("/api", Yaml11Kind.Text),
        ("127.0.0.1", Yaml11Kind.Text),
        ("y", Yaml11Kind.Text),
        ("1e3", Yaml11Kind.Text),
        ("0o7", Yaml11Kind.Text),
        ("nULL", Yaml11Kind.Text),
        ("09", Yaml11Kind.Text),
        ("yes", Yaml11Kind.Boolean),
        ("Off", Yaml11Kind.Boolean),
        ("TRUE", Yaml11Kind.Boolean),
        ("0", Yaml11Kind.Integer),
        ("-12", Yaml11Kind.Integer),
        ("1_000", Yaml11Kind.Integer),
        ("017", Yaml11Kind.Integer),
        ("0x1F", Yaml11Kind.Integer),
        ("0b10", Yaml11Kind.Integer),
        ("1:30", Yaml11Kind.Integer),
        ("1.5", Yaml11Kind.Float),
        ("1.", Yaml11Kind.Float),
        (".5", Yaml11Kind.Float),
        ("1.5e+3", Yaml11Kind.Float),
        ("1:30.5", Yaml11Kind.Float),
        (".inf", Yaml11Kind.Float),
        (".nan", Yaml11Kind.Float),
        ("~", Yaml11Kind.Null),
        ("null", Yaml11Kind.Null),
        ("2024-01-01", Yaml11Kind.Other),
        ("2024-01-01 10:00:00", Yaml11Kind.Other),
    ];

    public static TheoryData<string> Texts => [.. Known.Select(k => k.Text)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_plain_scalar_is_what_YAML_1_1_says(string text) =>
        Assert.Equal(Known.Single(k => k.Text == text).Kind, Yaml11.KindOf(text));

    [Fact]
    public void PyYAML_agrees()
    {
        string? said = AskPyYaml(Known.Select(k => k.Text));
        if (said is null)
        {
            output.WriteLine("python3 with PyYAML is not installed here: nothing was tried on it");
            return;
        }

        Assert.Equal(Known.Select(k => $"{k.Text} {k.Kind}"), said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string? AskPyYaml(IEnumerable<string> texts)
    {
        const string script = """
            import sys, yaml
            kinds = {str: 'Text', bool: 'Boolean', int: 'Integer', float: 'Float', type(None): 'Null'}
            for line in sys.stdin.read().split('\n')[:-1]:
                print(line, kinds.get(type(yaml.safe_load('k: ' + line)['k']), 'Other'))
            """;
        var start = new ProcessStartInfo("python3", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("python3 does not start");
            process.StandardInput.Write(string.Concat(texts.Select(t => t + "\n")));
            process.StandardInput.Close();
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
